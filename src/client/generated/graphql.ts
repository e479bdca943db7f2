/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What an attribute must be; everything that is given must hold. */
export type AttributeFilter = {
  /** This number or more. */
  atLeast?: number | null | undefined;
  /** This number or less. */
  atMost?: number | null | undefined;
  /** Exactly this. */
  equals?: AttributeValueInput | null | undefined;
  /** The attribute's key. Resources without a value never pass. */
  key: string;
  /** Any of these, 1 to 50. */
  oneOf?: Array<AttributeValueInput> | null | undefined;
};

/** A value of an attribute: give the field that suits its kind. */
export type AttributeValueInput = {
  /** For a BOOLEAN. */
  boolean?: boolean | null | undefined;
  /** For a NUMBER. */
  number?: number | null | undefined;
  /** For a TEXT or a CHOICE. */
  text?: string | null | undefined;
};

/** What somebody can prove with besides a password. */
export type FactorMethod =
  /** A key on a device or in a password store (WebAuthn). */
  | 'PASSKEY'
  /** One of ten codes that were shown once; each counts once. */
  | 'RECOVERY_CODE'
  /** A code of six digits from an authenticator app (RFC 6238). */
  | 'TOTP';

/** Which of the two is meant where a clock shows a time twice. */
export type Fold =
  /** The first of the two, before the clock goes back. */
  | 'EARLIER'
  /** The second of the two, after the clock has gone back. */
  | 'LATER';

/** The language of notifications and mails. Refusals and descriptions are in English. */
export type Language =
  /** German. */
  | 'DE'
  /** English, with dates as in Britain. */
  | 'EN'
  /** Spanish. */
  | 'ES'
  /** French. */
  | 'FR';

/** A time as the clocks of a zone show it. */
export type LocalTimeInput = {
  /** EARLIER unless said otherwise. */
  fold?: Fold | null | undefined;
  /** Date and time without an offset: 2026-03-01T09:00. */
  local: string;
  /** The zone; without it, that of the (first) resource. */
  timeZone?: string | null | undefined;
};

/** What people are told of reservations that they have, take part in, or have made for somebody else. */
export type NotificationKind =
  /** The question that the person had asked was answered. */
  | 'APPROVAL_ANSWERED'
  /** It waits for a decision of the person, or of others with them. */
  | 'APPROVAL_ASKED'
  /** An approver has a question about it. */
  | 'APPROVAL_ASKED_BACK'
  /** Nobody has decided for so long that the person may as well. */
  | 'APPROVAL_ESCALATED'
  /** Nobody has decided about it in time. */
  | 'APPROVAL_EXPIRED'
  /** It still does, and nobody has decided for a while. */
  | 'APPROVAL_REMINDED'
  /** All who had to have approved it, so it counts. */
  | 'APPROVED'
  /** Somebody else has cancelled it. */
  | 'CANCELLED'
  /** A closure has cancelled it. */
  | 'CANCELLED_BY_CLOSURE'
  /** Somebody else has changed title or details. */
  | 'CHANGED'
  /** Somebody else has said something about it. */
  | 'COMMENTED'
  /** Somebody may act in the name of the person. Always told. */
  | 'DELEGATE_ADDED'
  /** Of mails alone: what was collected, and what is reserved that day, as one. */
  | 'DIGEST'
  /** For administrators, in the app only: a sync with the directory would have taken away from too many people. */
  | 'DIRECTORY_SYNC_REFUSED'
  /** An administrator has taken all second factors from the account. Always told. */
  | 'FACTORS_RESET'
  /** The account has another app or passkey to prove with. Always told. */
  | 'FACTOR_ADDED'
  /** Several codes in a row were wrong, after a right password or in an open session. Always told. */
  | 'FACTOR_GUESSED'
  /** An app or a passkey was removed from the account. Always told. */
  | 'FACTOR_REMOVED'
  /** A hold has died unconfirmed. */
  | 'HOLD_EXPIRED'
  /** An identity at a provider was linked to the account. Always told. */
  | 'IDENTITY_LINKED'
  /** Such an identity was taken from the account. Always told. */
  | 'IDENTITY_UNLINKED'
  /** Somebody whom the person has invited has answered. */
  | 'INVITATION_ANSWERED'
  /** The person is invited to it, once it is certain. */
  | 'INVITED'
  /** Somebody else has moved it to another window or other resources. */
  | 'MOVED'
  /** Nobody had checked in, so all that was left of it is free again. */
  | 'NO_SHOW'
  /** The person has changed, moved or cancelled: a mail that lets the calendar follow, for those who want it. */
  | 'OWN_CHANGE'
  /** A passkey has signed with a count that was used before, as a copy of it would. Always told. */
  | 'PASSKEY_COPIED'
  /** The account has new recovery codes. Always told. */
  | 'RECOVERY_CODES_RENEWED'
  /** A recovery code has stood in for the second factor. Always told. */
  | 'RECOVERY_CODE_USED'
  /** An approver has said no, and why. */
  | 'REJECTED'
  /** It begins as soon as the person wants to know beforehand. */
  | 'REMINDER'
  /** The person has reserved, or confirmed a hold: a mail with the calendar entry. */
  | 'RESERVED'
  /** Somebody else has reserved, or confirmed a hold, for the person. */
  | 'RESERVED_FOR_YOU'
  /** Somebody else has undone its cancellation. */
  | 'RESTORED'
  /** The closure was undone, and the reservation is back. */
  | 'RESTORED_AFTER_CLOSURE'
  /** Nobody had come to several dates in a row, so the rest is cancelled. */
  | 'SERIES_ENDED'
  /** The person is invited no longer. */
  | 'UNINVITED'
  /** What the person has waited for is held for them, until the reservation expires. */
  | 'WAITLIST_OFFERED';

/** Which documents; all that is given must hold. */
export type OperationFilter = {
  /** Those of this client. */
  clientId?: string | number | null | undefined;
  /** Yes: only those that are approved and no longer fit the schema. */
  isBroken?: boolean | null | undefined;
  /** Those of this status. */
  status?: OperationStatus | null | undefined;
};

/** What a document does. */
export type OperationKind =
  /** Changes: over POST and REST. */
  | 'MUTATION'
  /** Reads: over POST, GET and REST. */
  | 'QUERY'
  /** Is told: over WebSocket. */
  | 'SUBSCRIPTION';

/** A document to register for an API client. */
export type OperationRegisterInput = {
  /** For which client; without it, the client itself that asks. */
  clientId?: string | number | null | undefined;
  /** One operation with its fragments. Its hash is that of exactly this text. */
  document: string;
  /** Lower-case letters, digits and single hyphens: rooms-of-today. */
  name: string;
  /** Which one of this name; the next number unless said otherwise. */
  number?: number | null | undefined;
};

/** Whether a document runs. */
export type OperationStatus =
  /** It runs, as long as it fits the schema and has not ended. */
  | 'APPROVED'
  /** Nobody has decided; it does not run. */
  | 'PENDING'
  /** It does not run, or no longer. */
  | 'REJECTED';

/** For what a passkey is asked for. */
export type PasskeyAskInput = {
  /** The challenge of `signIn`, to answer it by `signInConfirm`; left out, to sign in with the passkey alone. */
  challenge?: string | null | undefined;
};

/** What a place is. A place lies only in places of a kind that stands before its own. */
export type PlaceKind =
  /** A wing, a lab, a corner: anything smaller. */
  | 'AREA'
  /** A house. */
  | 'BUILDING'
  /** A level of a building. */
  | 'FLOOR'
  /** A campus, a plant, an office address. */
  | 'SITE';

/** Why something is refused. */
export type ReasonCode =
  /** The reservation is in a state that this act does not start from. */
  | 'ALREADY_DECIDED'
  /** Nobody had decided when the deadline, expiresAt, came. */
  | 'APPROVAL_EXPIRED'
  /** Only set-up or tear-down times overlap. */
  | 'BUFFER_CONFLICT'
  /** At some instant of the window the pool has too little left. */
  | 'CAPACITY_EXCEEDED'
  /** A closure meets the window: maintenance, a holiday. */
  | 'CLOSED'
  /** The window is longer than the rule allows. */
  | 'DURATION_TOO_LONG'
  /** The hold died at expiresAt. */
  | 'HOLD_EXPIRED'
  /** The rule of recurrence cannot be followed; the message says why. */
  | 'INVALID_RRULE'
  /** The window does not start before it ends, or lies outside all calendars. */
  | 'INVALID_WINDOW'
  /** Clocks skip this local time; earliestStart is the next that they show. */
  | 'LOCAL_TIME_GAP'
  /** Start or end is not on the grid of the resource. */
  | 'MISALIGNED'
  /** This person may not do this. */
  | 'NOT_PERMITTED'
  /** The offer from the waitlist was not taken before expiresAt, or has gone back to the waitlist. */
  | 'OFFER_EXPIRED'
  /** The window is not within the opening hours of the resource. */
  | 'OUTSIDE_OPENING_HOURS'
  /** More than there is at all. */
  | 'QUANTITY_ABOVE_CAPACITY'
  /** The person or the group would have more than the quota allows. */
  | 'QUOTA_EXCEEDED'
  /** The resource is in maintenance or retired. */
  | 'RESOURCE_INACTIVE'
  /** Two occurrences of the series overlap each other. */
  | 'SERIES_SELF_OVERLAP'
  /** A hold that is still alive overlaps the window; it may die at expiresAt. */
  | 'SLOT_HELD'
  /** A confirmed reservation overlaps the window. */
  | 'SLOT_TAKEN'
  /** Terms must be accepted first: the settings of the rule have their text, and the key for acceptedTerms. */
  | 'TERMS_NOT_ACCEPTED'
  /** One checks in from opensAt on. */
  | 'TOO_EARLY'
  /** The start lies behind the horizon up to which it can be reserved. */
  | 'TOO_FAR_AHEAD'
  /** It is too close to the start to cancel it or to move it away, or it was released at expiresAt since nobody had checked in. */
  | 'TOO_LATE'
  /** The window is shorter than the rule asks for. */
  | 'TOO_SHORT'
  /** The window is over, or starts before the notice that is asked for. */
  | 'TOO_SOON';

/** What a change of an existing reservation may name. */
export type ReservationActInput = {
  /** To confirm, or to move to other resources: the terms that the viewer accepts with that, by their keys, rul_…@version. */
  acceptedTerms?: Array<string> | null | undefined;
  /** Refuse with VersionConflict unless the reservation is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
};

/** What a check-in may name. */
export type ReservationCheckInInput = {
  /** To confirm, or to move to other resources: the terms that the viewer accepts with that, by their keys, rul_…@version. */
  acceptedTerms?: Array<string> | null | undefined;
  /** Refuse with VersionConflict unless the reservation is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** The last part of the address at the door, as the QR code has it: with it everybody who is signed in checks in to what is reserved there. */
  link?: string | null | undefined;
};

/** A reservation to make, all of it or nothing. */
export type ReservationCreateInput = {
  /** The terms that the viewer accepts with this, by their keys, rul_…@version; those that nobody asks for are no failure. */
  acceptedTerms?: Array<string> | null | undefined;
  /** Anything else worth knowing, up to 10,000 characters. */
  details?: string | null | undefined;
  /** Decide and answer as the real call would, and write nothing. */
  dryRun?: boolean | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** On whose behalf: managers for everybody, delegates for whom they act, and whoever looks after all of the resources. Without it, for the viewer. */
  ownerId?: string | number | null | undefined;
  /** Which resources, 1 to 50, each once. */
  resources: Array<ResourceQuantityInput>;
  /** What it is for: 1 to 200 characters. */
  title: string;
  /** PRIVATE shows it to those whom it concerns alone; PUBLIC unless said otherwise. */
  visibility?: ReservationVisibility | null | undefined;
  /** When. */
  window: WindowInput;
};

/** A later or earlier end for a reservation. */
export type ReservationExtendInput = {
  /** To confirm, or to move to other resources: the terms that the viewer accepts with that, by their keys, rul_…@version. */
  acceptedTerms?: Array<string> | null | undefined;
  /** Decide and answer as the real call would, and write nothing. */
  dryRun?: boolean | null | undefined;
  /** Refuse with VersionConflict unless the reservation is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** Instead of a window: by how many minutes it shall end later, 1 to 10,080. */
  minutes?: number | null | undefined;
  /** The new end, as endsAt or endsAtLocal; the start stays. */
  window?: WindowInput | null | undefined;
};

/** Which reservations; all that is given must hold. */
export type ReservationFilter = {
  /** The viewer's own, and those that they are invited to and have not declined. */
  attending?: boolean | null | undefined;
  /** Only the viewer's own. */
  mine?: boolean | null | undefined;
  /** Those of this owner. */
  ownerId?: string | number | null | undefined;
  /** Those on any of these resources, up to 500. */
  resourceIds?: Array<string | number> | null | undefined;
  /** Those in any of these states, by the clock. */
  states?: Array<ReservationState> | null | undefined;
  /** Those whose window overlaps this one. */
  window?: WindowInput | null | undefined;
};

/** A reservation that dies by itself unless it is confirmed first. */
export type ReservationHoldInput = {
  /** The terms that the viewer accepts with this, by their keys, rul_…@version; those that nobody asks for are no failure. */
  acceptedTerms?: Array<string> | null | undefined;
  /** Anything else worth knowing, up to 10,000 characters. */
  details?: string | null | undefined;
  /** Decide and answer as the real call would, and write nothing. */
  dryRun?: boolean | null | undefined;
  /** How long it lives: 1 second to 24 hours; 10 minutes unless said otherwise. */
  holdSeconds?: number | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** On whose behalf: managers for everybody, delegates for whom they act, and whoever looks after all of the resources. Without it, for the viewer. */
  ownerId?: string | number | null | undefined;
  /** Which resources, 1 to 50, each once. */
  resources: Array<ResourceQuantityInput>;
  /** What it is for: 1 to 200 characters. */
  title: string;
  /** PRIVATE shows it to those whom it concerns alone; PUBLIC unless said otherwise. */
  visibility?: ReservationVisibility | null | undefined;
  /** When. */
  window: WindowInput;
};

/** Where a reservation shall go; what is left out stays. */
export type ReservationMoveInput = {
  /** To confirm, or to move to other resources: the terms that the viewer accepts with that, by their keys, rul_…@version. */
  acceptedTerms?: Array<string> | null | undefined;
  /** Decide and answer as the real call would, and write nothing. */
  dryRun?: boolean | null | undefined;
  /** Refuse with VersionConflict unless the reservation is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** All resources that it shall have from now on. */
  resources?: Array<ResourceQuantityInput> | null | undefined;
  /** The new window, or only one side of it. */
  window?: WindowInput | null | undefined;
};

/** Where a reservation stands, by the clock: a hold or a request is EXPIRED from the very instant of its expiry. */
export type ReservationState =
  /** Somebody has given it up; it occupies nothing. */
  | 'CANCELLED'
  /** Somebody is there; occupies its window. */
  | 'CHECKED_IN'
  /** Whoever was there has left, or the window is over; what is left of it is free. */
  | 'COMPLETED'
  /** Occupies its window; where somebody must check in, until checkIn.releaseAt unless they do. */
  | 'CONFIRMED'
  /** Nobody confirmed the hold, or decided about it, in time; it occupies nothing. */
  | 'EXPIRED'
  /** Occupies until expiresAt unless it is confirmed first. */
  | 'HELD'
  /** Nobody had checked in by the release; from then on it occupies nothing. */
  | 'NO_SHOW'
  /** Occupies until expiresAt, by when somebody must have decided about it. */
  | 'PENDING_APPROVAL'
  /** An approver has said no; it occupies nothing. */
  | 'REJECTED';

/** Who sees more of a reservation than that something is taken. */
export type ReservationVisibility =
  /** Only whom it concerns: owner, creator, participants, managers of its resources, who decides about it, administrators. */
  | 'PRIVATE'
  /** Everybody but guests. */
  | 'PUBLIC';

/** Which resources are meant: what is given must all hold. */
export type ResourceFilter = {
  /** Only with such attributes, up to 20 conditions. */
  attributes?: Array<AttributeFilter> | null | undefined;
  /** Only these, up to 500. */
  ids?: Array<string | number> | null | undefined;
  /** Only pools (true) or only exclusive resources (false). */
  isPool?: boolean | null | undefined;
  /** Only in these places or anywhere below them, up to 50. */
  placeIds?: Array<string | number> | null | undefined;
  /** Only where each of these words begins a word of name, tags, type, places, description or attributes. */
  search?: string | null | undefined;
  /** Only with this many seats or more. */
  seatsAtLeast?: number | null | undefined;
  /** Only with one of these; without it, all but RETIRED. */
  statuses?: Array<ResourceStatus> | null | undefined;
  /** Only with all of these tags, whatever their case. */
  tags?: Array<string> | null | undefined;
  /** Only in this zone. */
  timeZone?: string | null | undefined;
  /** Only resources of these types, up to 50. */
  typeIds?: Array<string | number> | null | undefined;
};

/** A resource to reserve. */
export type ResourceQuantityInput = {
  /** How many of a pool; 1 unless said otherwise. */
  quantity?: number | null | undefined;
  /** The resource. */
  resourceId: string | number;
};

/** Whether a resource can be reserved. Reservations that are there stay in any case. */
export type ResourceStatus =
  /** It can be reserved. */
  | 'ACTIVE'
  /** It takes no new reservations for now. */
  | 'MAINTENANCE'
  /** It takes no new reservations any more, and lists leave it out. */
  | 'RETIRED';

/** What a person may do in the whole organisation. Managers of single resources are named there. */
export type Role =
  /** Everything, people included. */
  | 'ADMINISTRATOR'
  /** Looks, reserves only where an access rule says so, and sees no other people. */
  | 'GUEST'
  /** All resources and all reservations, but not people. */
  | 'MANAGER'
  /** Reserves for oneself. */
  | 'MEMBER';

/** For what a rule or a closure is made, the nearest first. Among places the inner one is nearer. */
export type RuleOrigin =
  /** For everything. */
  | 'ORGANISATION'
  /** For all resources at a place and below it. */
  | 'PLACE'
  /** For one resource. */
  | 'RESOURCE'
  /** For all resources of a type. */
  | 'TYPE';

/** A sign-in with a passkey alone. */
export type SignInByPasskeyInput = {
  /** For browsers, as in SignInInput. */
  cookie?: boolean;
  /** What the browser has given, as JSON: `JSON.stringify(credential.toJSON())`. */
  response: string;
};

/** The second half of a sign-in. */
export type SignInConfirmInput = {
  /** The challenge that `signIn` gave. It counts for five minutes, and for one session. */
  challenge: string;
  /** Six digits from the app, or a recovery code in any case, with or without dashes. */
  code?: string | null | undefined;
  /** For browsers, as in SignInInput. */
  cookie?: boolean;
  /** In place of a code: what the browser has given to `passkeyAsk`, as JSON, from `credential.toJSON()`. */
  passkey?: string | null | undefined;
};

/** Who signs in. */
export type SignInInput = {
  /** For browsers: keeps the refresh token in a cookie that no script can read, and out of the answer. */
  cookie?: boolean;
  /** In any case of letters. Where a directory is asked, what it takes for a login may stand here, too. */
  email: string;
  /** As it was set; never logged. */
  password: string;
};

/** Why a snapshot is sent instead of changes. */
export type SnapshotCause =
  /** This consumer read too slowly; forget what you knew. */
  | 'FELL_BEHIND'
  /** The changes since the cursor are no longer kept; forget what you knew. */
  | 'HISTORY_GONE'
  /** The subscription starts here. */
  | 'SUBSCRIBED';

/** What a client keeps between access tokens. */
export type TokenRefreshInput = {
  /** The newest one; one that was spent before ends the session. Left out: the one of the cookie, which gets the next one. */
  refreshToken?: string | null | undefined;
};

/** Where somebody stands with the waitlist, by the clock. */
export type WaitState =
  /** The offer was not taken in time, or it is too late for the wish. */
  | 'EXPIRED'
  /** The offer was taken, or approval was asked for it. */
  | 'FULFILLED'
  /** It is held for the person until the reservation expires. */
  | 'OFFERED'
  /** The whole wish does not fit yet, or others come first. */
  | 'WAITING'
  /** The person has left, or has declined the offer. */
  | 'WITHDRAWN';

/** What the viewer wants to wait for, all of it or nothing. */
export type WaitlistJoinInput = {
  /** Its details, up to 10,000 characters. */
  details?: string | null | undefined;
  /** Makes a retry safe: the same key finds the same wish, as it stands by then, for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** How long the reservation is to be, anywhere within the window; all of it without this. */
  minutes?: number | null | undefined;
  /** If true, equals of each do as well: active ones of the same type at the same site, with room and seats enough. */
  orEquivalent?: boolean | null | undefined;
  /** Who is to wait, and has what is offered: for whom the viewer may reserve. Without it, the viewer. */
  ownerId?: string | number | null | undefined;
  /** Which resources, all at once: 1 to 10, each once. */
  resources: Array<ResourceQuantityInput>;
  /** Attributes, by their keys, in which these must have the same values; up to 20. */
  sameAttributes?: Array<string> | null | undefined;
  /** The title of the reservation that it becomes: 1 to 200 characters. */
  title: string;
  /** PRIVATE offers a hold that only those see whom it concerns; PUBLIC unless said otherwise. */
  visibility?: ReservationVisibility | null | undefined;
  /** Exactly when; or, with minutes, up to 14 days within which it may be. */
  window: WindowInput;
};

/** A half-open interval: the end itself is not part of it. Name each side once, as an instant or as a local time. */
export type WindowInput = {
  /** The first instant behind it, RFC 3339 with an offset. */
  endsAt?: string | null | undefined;
  /** The end as a local time, instead of endsAt. */
  endsAtLocal?: LocalTimeInput | null | undefined;
  /** The first instant, RFC 3339 with an offset. */
  startsAt?: string | null | undefined;
  /** The start as a local time, instead of startsAt. */
  startsAtLocal?: LocalTimeInput | null | undefined;
};

export type AvailabilityWatchSubscriptionVariables = Exact<{
  resources: Array<string | number> | string | number;
  window: WindowInput;
  after?: Array<string> | string | null | undefined;
}>;


export type AvailabilityWatchSubscription = { availability:
    | { cursor: string, version: number, changedAt: string, areRulesChanged: boolean, resource: { id: string, name: string } | null, freed: { startsAt: string, endsAt: string, quantity: number } | null, taken: { startsAt: string, endsAt: string, quantity: number, heldUntil: string | null } | null }
    | { cursor: string, version: number, cause: SnapshotCause, resource: { id: string, name: string } | null, busy: Array<{ startsAt: string, endsAt: string, quantity: number, heldUntil: string | null }> }
   };

export type AvailabilityQueryVariables = Exact<{
  resources: Array<string | number> | string | number;
  window: WindowInput;
}>;


export type AvailabilityQuery = { availability: Array<{ version: number, cursor: string, resource: { id: string, name: string, timeZone: string } | null, busy: Array<{ startsAt: string, endsAt: string, quantity: number, heldUntil: string | null }>, free: Array<{ startsAt: string, endsAt: string, quantity: number }> }> };

export type ExplanationFragment = { reasons: Array<{ rule: { origin: RuleOrigin, summary: string, settings:
        | { key: string, text: string }
        | Record<PropertyKey, never>
       | null } | null, conflicts: Array<{ heldUntil: string | null, window: { startsAt: string, endsAt: string }, reservation: { id: string, title: string } | null }> }>, alternatives: Array<{ window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }> };

export type NotificationFactsFragment = { id: string, kind: NotificationKind, message: string, createdAt: string, readAt: string | null, reservation: { id: string } | null };

export type NotificationWatchSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type NotificationWatchSubscription = { notificationAdded: { id: string, kind: NotificationKind, message: string, createdAt: string, readAt: string | null, reservation: { id: string } | null } };

export type NotificationsListQueryVariables = Exact<{
  unreadOnly?: boolean;
  first?: number;
  after?: string | null | undefined;
}>;


export type NotificationsListQuery = { notifications: { nodes: Array<{ id: string, kind: NotificationKind, message: string, createdAt: string, readAt: string | null, reservation: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OperationRegisterMutationVariables = Exact<{
  input: OperationRegisterInput;
}>;


export type OperationRegisterMutation = { operationRegister:
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { operation: { id: string, name: string, number: number, hash: string, status: OperationStatus } }
   };

export type OperationsListQueryVariables = Exact<{
  filter?: OperationFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type OperationsListQuery = { persistedOperations: { nodes: Array<{ id: string, name: string, number: number, hash: string, kind: OperationKind, status: OperationStatus, reason: string, problems: Array<string>, deprecatedAt: string | null, endsAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PasskeyAskMutationVariables = Exact<{
  input?: PasskeyAskInput | null | undefined;
}>;


export type PasskeyAskMutation = { passkeyAsk:
    | { __typename: 'ChallengeRefused', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'PasskeyAskSuccess', options: string }
   };

export type PlacesListQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type PlacesListQuery = { places: { nodes: Array<{ id: string, kind: PlaceKind, name: string, timeZone: string | null, parent: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PresenceFragment = { id: string, title: string, state: ReservationState, version: number, timeZone: string | null, window: { startsAt: string, endsAt: string }, checkIn: { opensAt: string, releaseAt: string | null, checkedInAt: string | null, checkedOutAt: string | null, checkOut: boolean, extension: boolean } | null, resources: Array<{ resource: { id: string, name: string } | null }> };

export type ReservationCancelMutationVariables = Exact<{
  id: string | number;
  input?: ReservationActInput | null | undefined;
}>;


export type ReservationCancelMutation = { reservationCancel:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } }
    | { __typename: 'VersionConflict', message: string, path: Array<string> }
   };

export type ReservationCheckInMutationVariables = Exact<{
  id: string | number;
  input?: ReservationCheckInInput | null | undefined;
}>;


export type ReservationCheckInMutation = { reservationCheckIn:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }>, checkIn: { opensAt: string, releaseAt: string | null, checkedInAt: string | null, checkedOutAt: string | null, checkOut: boolean, extension: boolean } | null } }
    | { __typename: 'VersionConflict', message: string, path: Array<string> }
   };

export type ReservationCheckOutMutationVariables = Exact<{
  id: string | number;
  input?: ReservationActInput | null | undefined;
}>;


export type ReservationCheckOutMutation = { reservationCheckOut:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }>, checkIn: { opensAt: string, releaseAt: string | null, checkedInAt: string | null, checkedOutAt: string | null, checkOut: boolean, extension: boolean } | null } }
    | { __typename: 'VersionConflict', message: string, path: Array<string> }
   };

export type ReservationConfirmMutationVariables = Exact<{
  id: string | number;
  input?: ReservationActInput | null | undefined;
}>;


export type ReservationConfirmMutation = { reservationConfirm:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } }
    | { __typename: 'VersionConflict', message: string, path: Array<string> }
   };

export type ReservationCreateMutationVariables = Exact<{
  input: ReservationCreateInput;
  explain?: boolean;
}>;


export type ReservationCreateMutation = { reservationCreate:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null, rule: { origin: RuleOrigin, summary: string, settings:
            | { key: string, text: string }
            | Record<PropertyKey, never>
           | null } | null, conflicts: Array<{ heldUntil: string | null, window: { startsAt: string, endsAt: string }, reservation: { id: string, title: string } | null }> }>, alternatives?: Array<{ window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } }
   };

export type ReservationExtendMutationVariables = Exact<{
  id: string | number;
  input: ReservationExtendInput;
  explain?: boolean;
}>;


export type ReservationExtendMutation = { reservationExtend:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null, rule: { origin: RuleOrigin, summary: string, settings:
            | { key: string, text: string }
            | Record<PropertyKey, never>
           | null } | null, conflicts: Array<{ heldUntil: string | null, window: { startsAt: string, endsAt: string }, reservation: { id: string, title: string } | null }> }>, alternatives?: Array<{ window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }>, checkIn: { opensAt: string, releaseAt: string | null, checkedInAt: string | null, checkedOutAt: string | null, checkOut: boolean, extension: boolean } | null } }
    | { __typename: 'VersionConflict', message: string, path: Array<string> }
   };

export type ReservationFactsFragment = { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> };

export type RefusalFragment = { message: string, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> };

export type ReservationHoldMutationVariables = Exact<{
  input: ReservationHoldInput;
  explain?: boolean;
}>;


export type ReservationHoldMutation = { reservationHold:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null, rule: { origin: RuleOrigin, summary: string, settings:
            | { key: string, text: string }
            | Record<PropertyKey, never>
           | null } | null, conflicts: Array<{ heldUntil: string | null, window: { startsAt: string, endsAt: string }, reservation: { id: string, title: string } | null }> }>, alternatives?: Array<{ window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } }
   };

export type ReservationMoveMutationVariables = Exact<{
  id: string | number;
  input: ReservationMoveInput;
  explain?: boolean;
}>;


export type ReservationMoveMutation = { reservationMove:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null, rule: { origin: RuleOrigin, summary: string, settings:
            | { key: string, text: string }
            | Record<PropertyKey, never>
           | null } | null, conflicts: Array<{ heldUntil: string | null, window: { startsAt: string, endsAt: string }, reservation: { id: string, title: string } | null }> }>, alternatives?: Array<{ window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }> }
    | { __typename: 'ReservationSuccess', reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } }
    | { __typename: 'VersionConflict', message: string, path: Array<string> }
   };

export type ReservationPresenceQueryVariables = Exact<{
  id: string | number;
}>;


export type ReservationPresenceQuery = { reservation: { id: string, title: string, state: ReservationState, version: number, timeZone: string | null, window: { startsAt: string, endsAt: string }, checkIn: { opensAt: string, releaseAt: string | null, checkedInAt: string | null, checkedOutAt: string | null, checkOut: boolean, extension: boolean } | null, resources: Array<{ resource: { id: string, name: string } | null }> } | null };

export type ReservationShowQueryVariables = Exact<{
  id: string | number;
}>;


export type ReservationShowQuery = { reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, checkIn: { opensAt: string, releaseAt: string | null, checkedInAt: string | null, checkedOutAt: string | null } | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } | null };

export type ReservationsAwaitedQueryVariables = Exact<{
  window: WindowInput;
}>;


export type ReservationsAwaitedQuery = { reservations: { nodes: Array<{ id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, viewerCanCheckIn: { isAllowed: boolean, because: string | null }, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }> } };

export type ReservationsHereQueryVariables = Exact<{
  filter: ReservationFilter;
  first?: number;
}>;


export type ReservationsHereQuery = { reservations: { nodes: Array<{ id: string, title: string, state: ReservationState, version: number, timeZone: string | null, window: { startsAt: string, endsAt: string }, checkIn: { opensAt: string, releaseAt: string | null, checkedInAt: string | null, checkedOutAt: string | null, checkOut: boolean, extension: boolean } | null, resources: Array<{ resource: { id: string, name: string } | null }> }> } };

export type ReservationsListQueryVariables = Exact<{
  filter?: ReservationFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ReservationsListQuery = { reservations: { nodes: Array<{ id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ResourceFactsFragment = { id: string, name: string, description: string, timeZone: string, status: ResourceStatus, isPool: boolean, capacity: number, seats: number | null, tags: Array<string>, type: { id: string, name: string } | null, place: { id: string, name: string } | null };

export type ResourceShowQueryVariables = Exact<{
  id: string | number;
}>;


export type ResourceShowQuery = { resource: { id: string, name: string, description: string, timeZone: string, status: ResourceStatus, isPool: boolean, capacity: number, seats: number | null, tags: Array<string>, type: { id: string, name: string } | null, place: { id: string, name: string } | null } | null };

export type ResourceTypesListQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ResourceTypesListQuery = { resourceTypes: { nodes: Array<{ id: string, name: string, description: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ResourcesFreeQueryVariables = Exact<{
  window: WindowInput;
  filter?: ResourceFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ResourcesFreeQuery = { freeResources: { nodes: Array<{ freeQuantity: number, resource: { id: string, name: string, description: string, timeZone: string, status: ResourceStatus, isPool: boolean, capacity: number, seats: number | null, tags: Array<string>, type: { id: string, name: string } | null, place: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ResourcesListQueryVariables = Exact<{
  filter?: ResourceFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ResourcesListQuery = { resources: { nodes: Array<{ id: string, name: string, description: string, timeZone: string, status: ResourceStatus, isPool: boolean, capacity: number, seats: number | null, tags: Array<string>, type: { id: string, name: string } | null, place: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SignInByPasskeyMutationVariables = Exact<{
  input: SignInByPasskeyInput;
}>;


export type SignInByPasskeyMutation = { signInByPasskey:
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'SignInRefused', message: string, path: Array<string> }
    | { __typename: 'SignInSuccess', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null }
   };

export type SignInConfirmMutationVariables = Exact<{
  input: SignInConfirmInput;
}>;


export type SignInConfirmMutation = { signInConfirm:
    | { __typename: 'ChallengeRefused', message: string, path: Array<string> }
    | { __typename: 'FactorRefused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'SignInConfirmSuccess', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, user: { id: string, name: string, role: Role, timeZone: string } }
    | { __typename: 'SignInRefused', message: string, path: Array<string> }
   };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'SecondFactorRequired', challenge: string, methods: Array<FactorMethod>, mustEnrol: boolean, message: string, path: Array<string> }
    | { __typename: 'SignInRefused', message: string, path: Array<string> }
    | { __typename: 'SignInSuccess', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, user: { id: string, name: string, role: Role, timeZone: string } }
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { endedSessions: number } };

export type TokenRefreshMutationVariables = Exact<{
  input: TokenRefreshInput;
}>;


export type TokenRefreshMutation = { tokenRefresh:
    | { __typename: 'RefreshRefused', message: string, path: Array<string> }
    | { __typename: 'TokenRefreshSuccess', accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null }
   };

export type ViewerShowQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerShowQuery = { viewer: { id: string, name: string, role: Role, timeZone: string, language: Language } | null };

export type WaitFactsFragment = { id: string, title: string, state: WaitState, position: number | null, minutes: number, askedAt: string, window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }>, reservation: { id: string, state: ReservationState, expiresAt: string | null } | null };

export type WaitlistJoinMutationVariables = Exact<{
  input: WaitlistJoinInput;
}>;


export type WaitlistJoinMutation = { waitlistJoin:
    | { __typename: 'IdempotencyKeyReused', message: string, path: Array<string> }
    | { __typename: 'InvalidInput', message: string, path: Array<string> }
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> }
    | { __typename: 'WaitlistJoinSuccess', wait: { id: string, title: string, state: WaitState, position: number | null, minutes: number, askedAt: string, window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }>, reservation: { id: string, state: ReservationState, expiresAt: string | null } | null } }
   };

export type WaitlistLeaveMutationVariables = Exact<{
  id: string | number;
}>;


export type WaitlistLeaveMutation = { waitlistLeave:
    | { __typename: 'NotFound', message: string, path: Array<string> }
    | { __typename: 'ReservationRefused', message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, opensAt: string | null, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> }
    | { __typename: 'WaitlistLeaveSuccess', wait: { id: string, title: string, state: WaitState, position: number | null, minutes: number, askedAt: string, window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }>, reservation: { id: string, state: ReservationState, expiresAt: string | null } | null } }
   };

export type WaitsListQueryVariables = Exact<{
  states?: Array<WaitState> | WaitState | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type WaitsListQuery = { waits: { nodes: Array<{ id: string, title: string, state: WaitState, position: number | null, minutes: number, askedAt: string, window: { startsAt: string, endsAt: string }, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }>, reservation: { id: string, state: ReservationState, expiresAt: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ExplanationFragmentDoc = new TypedDocumentString(`
    fragment Explanation on ReservationRefused {
  reasons {
    rule {
      origin
      summary
      settings {
        ... on TermsSettings {
          key
          text
        }
      }
    }
    conflicts {
      window {
        startsAt
        endsAt
      }
      heldUntil
      reservation {
        id
        title
      }
    }
  }
  alternatives(first: 3) {
    window {
      startsAt
      endsAt
    }
    resources {
      quantity
      resource {
        id
        name
        timeZone
      }
    }
  }
}
    `, {"fragmentName":"Explanation"}) as unknown as TypedDocumentString<ExplanationFragment, unknown>;
export const NotificationFactsFragmentDoc = new TypedDocumentString(`
    fragment NotificationFacts on Notification {
  id
  kind
  message
  createdAt
  readAt
  reservation {
    id
  }
}
    `, {"fragmentName":"NotificationFacts"}) as unknown as TypedDocumentString<NotificationFactsFragment, unknown>;
export const PresenceFragmentDoc = new TypedDocumentString(`
    fragment Presence on Reservation {
  id
  title
  state
  version
  timeZone
  window {
    startsAt
    endsAt
  }
  checkIn {
    opensAt
    releaseAt
    checkedInAt
    checkedOutAt
    checkOut
    extension
  }
  resources {
    resource {
      id
      name
    }
  }
}
    `, {"fragmentName":"Presence"}) as unknown as TypedDocumentString<PresenceFragment, unknown>;
export const ReservationFactsFragmentDoc = new TypedDocumentString(`
    fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
    `, {"fragmentName":"ReservationFacts"}) as unknown as TypedDocumentString<ReservationFactsFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const ResourceFactsFragmentDoc = new TypedDocumentString(`
    fragment ResourceFacts on Resource {
  id
  name
  description
  timeZone
  status
  isPool
  capacity
  seats
  tags
  type {
    id
    name
  }
  place {
    id
    name
  }
}
    `, {"fragmentName":"ResourceFacts"}) as unknown as TypedDocumentString<ResourceFactsFragment, unknown>;
export const WaitFactsFragmentDoc = new TypedDocumentString(`
    fragment WaitFacts on Wait {
  id
  title
  state
  position
  minutes
  askedAt
  window {
    startsAt
    endsAt
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
  reservation {
    id
    state
    expiresAt
  }
}
    `, {"fragmentName":"WaitFacts"}) as unknown as TypedDocumentString<WaitFactsFragment, unknown>;
export const AvailabilityWatchDocument = new TypedDocumentString(`
    subscription AvailabilityWatch($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {
  availability(resources: $resources, window: $window, after: $after) {
    ... on AvailabilitySnapshot {
      cursor
      version
      cause
      resource {
        id
        name
      }
      busy {
        startsAt
        endsAt
        quantity
        heldUntil
      }
    }
    ... on AvailabilityChange {
      cursor
      version
      changedAt
      areRulesChanged
      resource {
        id
        name
      }
      freed {
        startsAt
        endsAt
        quantity
      }
      taken {
        startsAt
        endsAt
        quantity
        heldUntil
      }
    }
  }
}
    `, {"hash":"sha256:3651444b5e59c8aef821eef66d1718ce0a28f75301fe789485010321e94c1a84"}) as unknown as TypedDocumentString<AvailabilityWatchSubscription, AvailabilityWatchSubscriptionVariables>;
export const AvailabilityDocument = new TypedDocumentString(`
    query Availability($resources: [ID!]!, $window: WindowInput!) {
  availability(resources: $resources, window: $window) {
    version
    cursor
    resource {
      id
      name
      timeZone
    }
    busy {
      startsAt
      endsAt
      quantity
      heldUntil
    }
    free {
      startsAt
      endsAt
      quantity
    }
  }
}
    `, {"hash":"sha256:2a736f558badcd7423a1cb367e3ef20517e7ae50188085e767078e1726a46c11"}) as unknown as TypedDocumentString<AvailabilityQuery, AvailabilityQueryVariables>;
export const NotificationWatchDocument = new TypedDocumentString(`
    subscription NotificationWatch {
  notificationAdded {
    ...NotificationFacts
  }
}
    fragment NotificationFacts on Notification {
  id
  kind
  message
  createdAt
  readAt
  reservation {
    id
  }
}`, {"hash":"sha256:6474d2e7913dfb3e70c0929b0101b46388b2ec9670344f7454e32aafb29ea5d3"}) as unknown as TypedDocumentString<NotificationWatchSubscription, NotificationWatchSubscriptionVariables>;
export const NotificationsListDocument = new TypedDocumentString(`
    query NotificationsList($unreadOnly: Boolean! = false, $first: Int! = 50, $after: String) {
  notifications(unreadOnly: $unreadOnly, first: $first, after: $after) {
    nodes {
      ...NotificationFacts
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment NotificationFacts on Notification {
  id
  kind
  message
  createdAt
  readAt
  reservation {
    id
  }
}`, {"hash":"sha256:ba1e6199a4fe0aa0ba1bd991114ea159fc8325cbdb5139b5e86f8a46567dd951"}) as unknown as TypedDocumentString<NotificationsListQuery, NotificationsListQueryVariables>;
export const OperationRegisterDocument = new TypedDocumentString(`
    mutation OperationRegister($input: OperationRegisterInput!) {
  operationRegister(input: $input) {
    ... on OperationSuccess {
      operation {
        id
        name
        number
        hash
        status
      }
    }
    ... on UserError {
      message
      path
    }
  }
}
    `, {"hash":"sha256:0340df8bdca8202e502c587cc5db7b2a86ea51bf0fc6b4fe9d91aa6eeca1c13d"}) as unknown as TypedDocumentString<OperationRegisterMutation, OperationRegisterMutationVariables>;
export const OperationsListDocument = new TypedDocumentString(`
    query OperationsList($filter: OperationFilter, $first: Int! = 50, $after: String) {
  persistedOperations(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      name
      number
      hash
      kind
      status
      reason
      problems
      deprecatedAt
      endsAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"sha256:d1cac13446a493bd2413c8e7f5c4a0633a1b2d1a02d7f381a7455aa880f24336"}) as unknown as TypedDocumentString<OperationsListQuery, OperationsListQueryVariables>;
export const PasskeyAskDocument = new TypedDocumentString(`
    mutation PasskeyAsk($input: PasskeyAskInput) {
  passkeyAsk(input: $input) {
    __typename
    ... on PasskeyAskSuccess {
      options
    }
    ... on UserError {
      message
      path
    }
  }
}
    `, {"hash":"sha256:e280f05e149cf8ca02abf83b5ec720ae40c34effbd6a9eb722f4f10b3939d95d"}) as unknown as TypedDocumentString<PasskeyAskMutation, PasskeyAskMutationVariables>;
export const PlacesListDocument = new TypedDocumentString(`
    query PlacesList($first: Int! = 50, $after: String) {
  places(first: $first, after: $after) {
    nodes {
      id
      kind
      name
      timeZone
      parent {
        id
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"sha256:303c8ecb8d0731fa0af84c42d32a059789e7a001e7a0b1188e726ecd0a02692e"}) as unknown as TypedDocumentString<PlacesListQuery, PlacesListQueryVariables>;
export const ReservationCancelDocument = new TypedDocumentString(`
    mutation ReservationCancel($id: ID!, $input: ReservationActInput) {
  reservationCancel(id: $id, input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
      }
    }
    ... on ReservationRefused {
      ...Refusal
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:99a6c74f255a149682ef389ce5d69f2ff06dcb501443ce5000694592651ad3ad"}) as unknown as TypedDocumentString<ReservationCancelMutation, ReservationCancelMutationVariables>;
export const ReservationCheckInDocument = new TypedDocumentString(`
    mutation ReservationCheckIn($id: ID!, $input: ReservationCheckInInput) {
  reservationCheckIn(id: $id, input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
        ...Presence
      }
    }
    ... on ReservationRefused {
      ...Refusal
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Presence on Reservation {
  id
  title
  state
  version
  timeZone
  window {
    startsAt
    endsAt
  }
  checkIn {
    opensAt
    releaseAt
    checkedInAt
    checkedOutAt
    checkOut
    extension
  }
  resources {
    resource {
      id
      name
    }
  }
}
fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:81a1db4b735e57558501367a68b441a7638fa51740ca368a1244d3dbdeb268e1"}) as unknown as TypedDocumentString<ReservationCheckInMutation, ReservationCheckInMutationVariables>;
export const ReservationCheckOutDocument = new TypedDocumentString(`
    mutation ReservationCheckOut($id: ID!, $input: ReservationActInput) {
  reservationCheckOut(id: $id, input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
        ...Presence
      }
    }
    ... on ReservationRefused {
      ...Refusal
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Presence on Reservation {
  id
  title
  state
  version
  timeZone
  window {
    startsAt
    endsAt
  }
  checkIn {
    opensAt
    releaseAt
    checkedInAt
    checkedOutAt
    checkOut
    extension
  }
  resources {
    resource {
      id
      name
    }
  }
}
fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:2b5fe5c94bfafdc840f379d3c7df86296da6a00db7b987a5bac4787926c7eea4"}) as unknown as TypedDocumentString<ReservationCheckOutMutation, ReservationCheckOutMutationVariables>;
export const ReservationConfirmDocument = new TypedDocumentString(`
    mutation ReservationConfirm($id: ID!, $input: ReservationActInput) {
  reservationConfirm(id: $id, input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
      }
    }
    ... on ReservationRefused {
      ...Refusal
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:c8a837e1957906249d36e4885cbe3d9b9a0fd1044a18054ba756d7279c30aa6b"}) as unknown as TypedDocumentString<ReservationConfirmMutation, ReservationConfirmMutationVariables>;
export const ReservationCreateDocument = new TypedDocumentString(`
    mutation ReservationCreate($input: ReservationCreateInput!, $explain: Boolean! = false) {
  reservationCreate(input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
      }
    }
    ... on ReservationRefused {
      ...Refusal
      ...Explanation @include(if: $explain)
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Explanation on ReservationRefused {
  reasons {
    rule {
      origin
      summary
      settings {
        ... on TermsSettings {
          key
          text
        }
      }
    }
    conflicts {
      window {
        startsAt
        endsAt
      }
      heldUntil
      reservation {
        id
        title
      }
    }
  }
  alternatives(first: 3) {
    window {
      startsAt
      endsAt
    }
    resources {
      quantity
      resource {
        id
        name
        timeZone
      }
    }
  }
}
fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:42dc6b73a034303b898aa56f5baeb9f49337a0e44302b6ad479f00b06e206f4e"}) as unknown as TypedDocumentString<ReservationCreateMutation, ReservationCreateMutationVariables>;
export const ReservationExtendDocument = new TypedDocumentString(`
    mutation ReservationExtend($id: ID!, $input: ReservationExtendInput!, $explain: Boolean! = false) {
  reservationExtend(id: $id, input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
        ...Presence
      }
    }
    ... on ReservationRefused {
      ...Refusal
      ...Explanation @include(if: $explain)
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Explanation on ReservationRefused {
  reasons {
    rule {
      origin
      summary
      settings {
        ... on TermsSettings {
          key
          text
        }
      }
    }
    conflicts {
      window {
        startsAt
        endsAt
      }
      heldUntil
      reservation {
        id
        title
      }
    }
  }
  alternatives(first: 3) {
    window {
      startsAt
      endsAt
    }
    resources {
      quantity
      resource {
        id
        name
        timeZone
      }
    }
  }
}
fragment Presence on Reservation {
  id
  title
  state
  version
  timeZone
  window {
    startsAt
    endsAt
  }
  checkIn {
    opensAt
    releaseAt
    checkedInAt
    checkedOutAt
    checkOut
    extension
  }
  resources {
    resource {
      id
      name
    }
  }
}
fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:f968262ebb99509bc68031e65542ccb237b8840134cf3667cb1074b89b33f7d5"}) as unknown as TypedDocumentString<ReservationExtendMutation, ReservationExtendMutationVariables>;
export const ReservationHoldDocument = new TypedDocumentString(`
    mutation ReservationHold($input: ReservationHoldInput!, $explain: Boolean! = false) {
  reservationHold(input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
      }
    }
    ... on ReservationRefused {
      ...Refusal
      ...Explanation @include(if: $explain)
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Explanation on ReservationRefused {
  reasons {
    rule {
      origin
      summary
      settings {
        ... on TermsSettings {
          key
          text
        }
      }
    }
    conflicts {
      window {
        startsAt
        endsAt
      }
      heldUntil
      reservation {
        id
        title
      }
    }
  }
  alternatives(first: 3) {
    window {
      startsAt
      endsAt
    }
    resources {
      quantity
      resource {
        id
        name
        timeZone
      }
    }
  }
}
fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:efa00656071a6b40a8d60b41f8351410fd09b66862ec52530135d302bb2b66e7"}) as unknown as TypedDocumentString<ReservationHoldMutation, ReservationHoldMutationVariables>;
export const ReservationMoveDocument = new TypedDocumentString(`
    mutation ReservationMove($id: ID!, $input: ReservationMoveInput!, $explain: Boolean! = false) {
  reservationMove(id: $id, input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
      }
    }
    ... on ReservationRefused {
      ...Refusal
      ...Explanation @include(if: $explain)
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Explanation on ReservationRefused {
  reasons {
    rule {
      origin
      summary
      settings {
        ... on TermsSettings {
          key
          text
        }
      }
    }
    conflicts {
      window {
        startsAt
        endsAt
      }
      heldUntil
      reservation {
        id
        title
      }
    }
  }
  alternatives(first: 3) {
    window {
      startsAt
      endsAt
    }
    resources {
      quantity
      resource {
        id
        name
        timeZone
      }
    }
  }
}
fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}
fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}`, {"hash":"sha256:1c0f6a5a067fdf773c4a9f59159d8a0a135d6bc890d89cf4b011d0571a24dc87"}) as unknown as TypedDocumentString<ReservationMoveMutation, ReservationMoveMutationVariables>;
export const ReservationPresenceDocument = new TypedDocumentString(`
    query ReservationPresence($id: ID!) {
  reservation(id: $id) {
    ...Presence
  }
}
    fragment Presence on Reservation {
  id
  title
  state
  version
  timeZone
  window {
    startsAt
    endsAt
  }
  checkIn {
    opensAt
    releaseAt
    checkedInAt
    checkedOutAt
    checkOut
    extension
  }
  resources {
    resource {
      id
      name
    }
  }
}`, {"hash":"sha256:63917ccbd984c02f3c0a39917cb9032032f23666703c96e779f8fad40cb1a372"}) as unknown as TypedDocumentString<ReservationPresenceQuery, ReservationPresenceQueryVariables>;
export const ReservationShowDocument = new TypedDocumentString(`
    query ReservationShow($id: ID!) {
  reservation(id: $id) {
    ...ReservationFacts
    checkIn {
      opensAt
      releaseAt
      checkedInAt
      checkedOutAt
    }
  }
}
    fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}`, {"hash":"sha256:1f578998d52ba27984390833ace324604f267bd9ae270d0282838d6f92066795"}) as unknown as TypedDocumentString<ReservationShowQuery, ReservationShowQueryVariables>;
export const ReservationsAwaitedDocument = new TypedDocumentString(`
    query ReservationsAwaited($window: WindowInput!) {
  reservations(
    filter: {mine: true, window: $window, states: [CONFIRMED]}
    first: 50
  ) {
    nodes {
      ...ReservationFacts
      viewerCanCheckIn {
        isAllowed
        because
      }
    }
  }
}
    fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}`, {"hash":"sha256:5459c1355032602c9a636c815ee832bee87e502b475365ff568fa77c570b7d34"}) as unknown as TypedDocumentString<ReservationsAwaitedQuery, ReservationsAwaitedQueryVariables>;
export const ReservationsHereDocument = new TypedDocumentString(`
    query ReservationsHere($filter: ReservationFilter!, $first: Int! = 20) {
  reservations(filter: $filter, first: $first) {
    nodes {
      ...Presence
    }
  }
}
    fragment Presence on Reservation {
  id
  title
  state
  version
  timeZone
  window {
    startsAt
    endsAt
  }
  checkIn {
    opensAt
    releaseAt
    checkedInAt
    checkedOutAt
    checkOut
    extension
  }
  resources {
    resource {
      id
      name
    }
  }
}`, {"hash":"sha256:1c290d5d182206f79e191afbcec827b42d1be89085b5464c7be9ab34e5b8a2cf"}) as unknown as TypedDocumentString<ReservationsHereQuery, ReservationsHereQueryVariables>;
export const ReservationsListDocument = new TypedDocumentString(`
    query ReservationsList($filter: ReservationFilter, $first: Int! = 50, $after: String) {
  reservations(filter: $filter, first: $first, after: $after) {
    nodes {
      ...ReservationFacts
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ReservationFacts on Reservation {
  id
  title
  details
  state
  version
  expiresAt
  timeZone
  window {
    startsAt
    endsAt
  }
  owner {
    id
    name
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
}`, {"hash":"sha256:d08d21dff74ca06d23659183a4d6989525f1614a7ecda9e278724ea423419723"}) as unknown as TypedDocumentString<ReservationsListQuery, ReservationsListQueryVariables>;
export const ResourceShowDocument = new TypedDocumentString(`
    query ResourceShow($id: ID!) {
  resource(id: $id) {
    ...ResourceFacts
  }
}
    fragment ResourceFacts on Resource {
  id
  name
  description
  timeZone
  status
  isPool
  capacity
  seats
  tags
  type {
    id
    name
  }
  place {
    id
    name
  }
}`, {"hash":"sha256:6e4be15b66898f9ee1e5d59ded50e4f15e452593bf204474207c6bb2b61b1d8f"}) as unknown as TypedDocumentString<ResourceShowQuery, ResourceShowQueryVariables>;
export const ResourceTypesListDocument = new TypedDocumentString(`
    query ResourceTypesList($first: Int! = 50, $after: String) {
  resourceTypes(first: $first, after: $after) {
    nodes {
      id
      name
      description
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"sha256:47badf8cc17774adcb8ed9f1aec11c008b9f9d0111998aa01bf645c0825a23ab"}) as unknown as TypedDocumentString<ResourceTypesListQuery, ResourceTypesListQueryVariables>;
export const ResourcesFreeDocument = new TypedDocumentString(`
    query ResourcesFree($window: WindowInput!, $filter: ResourceFilter, $first: Int! = 50, $after: String) {
  freeResources(window: $window, filter: $filter, first: $first, after: $after) {
    nodes {
      freeQuantity
      resource {
        ...ResourceFacts
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ResourceFacts on Resource {
  id
  name
  description
  timeZone
  status
  isPool
  capacity
  seats
  tags
  type {
    id
    name
  }
  place {
    id
    name
  }
}`, {"hash":"sha256:51259562af98974c0424a2e90db939bf666cd07c240135dff73c22fc82b74c19"}) as unknown as TypedDocumentString<ResourcesFreeQuery, ResourcesFreeQueryVariables>;
export const ResourcesListDocument = new TypedDocumentString(`
    query ResourcesList($filter: ResourceFilter, $first: Int! = 50, $after: String) {
  resources(filter: $filter, first: $first, after: $after) {
    nodes {
      ...ResourceFacts
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ResourceFacts on Resource {
  id
  name
  description
  timeZone
  status
  isPool
  capacity
  seats
  tags
  type {
    id
    name
  }
  place {
    id
    name
  }
}`, {"hash":"sha256:9b43e169e729893aa00df1784567b1ef14d62d6540901f75c1959ce72e00b4ba"}) as unknown as TypedDocumentString<ResourcesListQuery, ResourcesListQueryVariables>;
export const SignInByPasskeyDocument = new TypedDocumentString(`
    mutation SignInByPasskey($input: SignInByPasskeyInput!) {
  signInByPasskey(input: $input) {
    __typename
    ... on SignInSuccess {
      accessToken
      accessTokenExpiresAt
      refreshToken
    }
    ... on UserError {
      message
      path
    }
  }
}
    `, {"hash":"sha256:84fc7e18d329518a1db89db78fdf43cb93d2541d71453279b7633b0376a50dcd"}) as unknown as TypedDocumentString<SignInByPasskeyMutation, SignInByPasskeyMutationVariables>;
export const SignInConfirmDocument = new TypedDocumentString(`
    mutation SignInConfirm($input: SignInConfirmInput!) {
  signInConfirm(input: $input) {
    __typename
    ... on SignInConfirmSuccess {
      accessToken
      accessTokenExpiresAt
      refreshToken
      user {
        id
        name
        role
        timeZone
      }
    }
    ... on UserError {
      message
      path
    }
  }
}
    `, {"hash":"sha256:f90f7d8d25cf11da2b3c1d6d2378df9ea2b65f5e4ef957cdc2b80e662fc4526b"}) as unknown as TypedDocumentString<SignInConfirmMutation, SignInConfirmMutationVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignInSuccess {
      accessToken
      accessTokenExpiresAt
      refreshToken
      user {
        id
        name
        role
        timeZone
      }
    }
    ... on SecondFactorRequired {
      challenge
      methods
      mustEnrol
    }
    ... on UserError {
      message
      path
    }
  }
}
    `, {"hash":"sha256:f851356cec462aeac828f509e7e5d93a144bebacd49159cda7a55b3010f67038"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut {
    ... on SignOutSuccess {
      endedSessions
    }
  }
}
    `, {"hash":"sha256:fcf87ce6edd9aaebef8f739c0544179e81dc03102c520b851c0d45098acc994e"}) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const TokenRefreshDocument = new TypedDocumentString(`
    mutation TokenRefresh($input: TokenRefreshInput!) {
  tokenRefresh(input: $input) {
    __typename
    ... on TokenRefreshSuccess {
      accessToken
      accessTokenExpiresAt
      refreshToken
    }
    ... on UserError {
      message
      path
    }
  }
}
    `, {"hash":"sha256:b0602388883814d1c47e391fcda122aea04f5625821f315a9b31b279aedbc08c"}) as unknown as TypedDocumentString<TokenRefreshMutation, TokenRefreshMutationVariables>;
export const ViewerShowDocument = new TypedDocumentString(`
    query ViewerShow {
  viewer {
    id
    name
    role
    timeZone
    language
  }
}
    `, {"hash":"sha256:4acad6b1922c563d3437205c36bbbfc1e3c4d29f084983d0c9be5adb264d666a"}) as unknown as TypedDocumentString<ViewerShowQuery, ViewerShowQueryVariables>;
export const WaitlistJoinDocument = new TypedDocumentString(`
    mutation WaitlistJoin($input: WaitlistJoinInput!) {
  waitlistJoin(input: $input) {
    __typename
    ... on WaitlistJoinSuccess {
      wait {
        ...WaitFacts
      }
    }
    ... on ReservationRefused {
      ...Refusal
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}
fragment WaitFacts on Wait {
  id
  title
  state
  position
  minutes
  askedAt
  window {
    startsAt
    endsAt
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
  reservation {
    id
    state
    expiresAt
  }
}`, {"hash":"sha256:f7a46626f3a95e75652aa27ca45c1b20c4447a7ec33a3e6c6d962f19f200d644"}) as unknown as TypedDocumentString<WaitlistJoinMutation, WaitlistJoinMutationVariables>;
export const WaitlistLeaveDocument = new TypedDocumentString(`
    mutation WaitlistLeave($id: ID!) {
  waitlistLeave(id: $id) {
    __typename
    ... on WaitlistLeaveSuccess {
      wait {
        ...WaitFacts
      }
    }
    ... on ReservationRefused {
      ...Refusal
    }
    ... on UserError {
      message
      path
    }
  }
}
    fragment Refusal on ReservationRefused {
  message
  reasons {
    code
    message
    opensAt
    resource {
      id
      name
    }
    span {
      startsAt
      endsAt
    }
    earliestStart
    latestEnd
    freeQuantity
    expiresAt
  }
}
fragment WaitFacts on Wait {
  id
  title
  state
  position
  minutes
  askedAt
  window {
    startsAt
    endsAt
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
  reservation {
    id
    state
    expiresAt
  }
}`, {"hash":"sha256:c21930a40776f53b043ee03c826aa8fa9159a2032903afde5571852acd5d5eef"}) as unknown as TypedDocumentString<WaitlistLeaveMutation, WaitlistLeaveMutationVariables>;
export const WaitsListDocument = new TypedDocumentString(`
    query WaitsList($states: [WaitState!], $first: Int! = 50, $after: String) {
  waits(states: $states, first: $first, after: $after) {
    nodes {
      ...WaitFacts
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment WaitFacts on Wait {
  id
  title
  state
  position
  minutes
  askedAt
  window {
    startsAt
    endsAt
  }
  resources {
    quantity
    resource {
      id
      name
      timeZone
    }
  }
  reservation {
    id
    state
    expiresAt
  }
}`, {"hash":"sha256:1716779a0a21b53dabb88580873b85ee21f16a0224c10c820e797f9b8c288b14"}) as unknown as TypedDocumentString<WaitsListQuery, WaitsListQueryVariables>;