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

/** Which of the two is meant where a clock shows a time twice. */
export type Fold =
  /** The first of the two, before the clock goes back. */
  | 'EARLIER'
  /** The second of the two, after the clock has gone back. */
  | 'LATER';

/** A time as the clocks of a zone show it. */
export type LocalTimeInput = {
  /** EARLIER unless said otherwise. */
  fold?: Fold | null | undefined;
  /** Date and time without an offset: 2026-03-01T09:00. */
  local: string;
  /** The zone; without it, that of the (first) resource. */
  timeZone?: string | null | undefined;
};

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
  /** Refuse with VersionConflict unless the reservation is at this version. */
  expectedVersion?: number | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
};

/** A reservation to make, all of it or nothing. */
export type ReservationCreateInput = {
  /** Anything else worth knowing, up to 10,000 characters. */
  details?: string | null | undefined;
  /** Decide and answer as the real call would, and write nothing. */
  dryRun?: boolean | null | undefined;
  /** Makes retries safe: the same key with the same payload gives the first answer again for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** On whose behalf; managers only. Without it, for the viewer. */
  ownerId?: string | number | null | undefined;
  /** Which resources, 1 to 50, each once. */
  resources: Array<ResourceQuantityInput>;
  /** What it is for: 1 to 200 characters. */
  title: string;
  /** When. */
  window: WindowInput;
};

/** Which reservations; all that is given must hold. */
export type ReservationFilter = {
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

export type AvailabilityDayQueryVariables = Exact<{
  resources: Array<string | number> | string | number;
  window: WindowInput;
}>;


export type AvailabilityDayQuery = { availability: Array<{ version: number, cursor: string, resource: { id: string, name: string, timeZone: string } | null, busy: Array<{ startsAt: string, endsAt: string, quantity: number, heldUntil: string | null }> }> };

export type AvailabilityWatchSubscriptionVariables = Exact<{
  resources: Array<string | number> | string | number;
  window: WindowInput;
  after?: Array<string> | string | null | undefined;
}>;


export type AvailabilityWatchSubscription = { availability:
    | { cursor: string, version: number, changedAt: string, areRulesChanged: boolean, resource: { id: string, name: string } | null, freed: { startsAt: string, endsAt: string, quantity: number } | null, taken: { startsAt: string, endsAt: string, quantity: number, heldUntil: string | null } | null }
    | { cursor: string, version: number, cause: SnapshotCause, resource: { id: string, name: string } | null, busy: Array<{ startsAt: string, endsAt: string, quantity: number, heldUntil: string | null }> }
   };

export type ReservationCancelMutationVariables = Exact<{
  id: string | number;
  input?: ReservationActInput | null | undefined;
}>;


export type ReservationCancelMutation = { reservationCancel:
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } }
    | { message: string, path: Array<string> }
   };

export type ReservationCreateMutationVariables = Exact<{
  input: ReservationCreateInput;
}>;


export type ReservationCreateMutation = { reservationCreate:
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string>, reasons: Array<{ code: ReasonCode, message: string, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> }
    | { reservation: { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> } }
   };

export type ReservationFactsFragment = { id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> };

export type RefusalFragment = { message: string, reasons: Array<{ code: ReasonCode, message: string, earliestStart: string | null, latestEnd: string | null, freeQuantity: number | null, expiresAt: string | null, resource: { id: string, name: string } | null, span: { startsAt: string, endsAt: string } | null }> };

export type ReservationsPageQueryVariables = Exact<{
  filter?: ReservationFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ReservationsPageQuery = { reservations: { nodes: Array<{ id: string, title: string, details: string, state: ReservationState, version: number, expiresAt: string | null, timeZone: string | null, window: { startsAt: string, endsAt: string }, owner: { id: string, name: string } | null, resources: Array<{ quantity: number, resource: { id: string, name: string, timeZone: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ResourcesPageQueryVariables = Exact<{
  filter?: ResourceFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ResourcesPageQuery = { resources: { nodes: Array<{ id: string, name: string, timeZone: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { message: string, path: Array<string> }
    | { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null, user: { id: string, name: string, role: Role, timeZone: string } }
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { endedSessions: number } };

export type TokenRefreshMutationVariables = Exact<{
  input: TokenRefreshInput;
}>;


export type TokenRefreshMutation = { tokenRefresh:
    | { message: string, path: Array<string> }
    | { accessToken: string, accessTokenExpiresAt: string, refreshToken: string | null }
   };

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
export const AvailabilityDayDocument = new TypedDocumentString(`
    query AvailabilityDay($resources: [ID!]!, $window: WindowInput!) {
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
  }
}
    `, {"hash":"sha256:7767d3451e6780ac313743e6008e23456ff4a79dab9375f2dbefe0648a59d4b5"}) as unknown as TypedDocumentString<AvailabilityDayQuery, AvailabilityDayQueryVariables>;
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
export const ReservationCancelDocument = new TypedDocumentString(`
    mutation ReservationCancel($id: ID!, $input: ReservationActInput) {
  reservationCancel(id: $id, input: $input) {
    ... on ReservationSuccess {
      reservation {
        ...ReservationFacts
      }
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
}`, {"hash":"sha256:93c2e8cc49769e2d2f5f9cc693bf66878a8eb5cc6dd6b2dc4479cf193ad43a6b"}) as unknown as TypedDocumentString<ReservationCancelMutation, ReservationCancelMutationVariables>;
export const ReservationCreateDocument = new TypedDocumentString(`
    mutation ReservationCreate($input: ReservationCreateInput!) {
  reservationCreate(input: $input) {
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
}`, {"hash":"sha256:de4ba714694426f0b039342d83f8865e96e9edae219650ff2a63e90675b1c66c"}) as unknown as TypedDocumentString<ReservationCreateMutation, ReservationCreateMutationVariables>;
export const ReservationsPageDocument = new TypedDocumentString(`
    query ReservationsPage($filter: ReservationFilter, $first: Int! = 50, $after: String) {
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
}`, {"hash":"sha256:9b4ee38b43ebef290fe9408aae8dabaaaa716a88e8fe8a1fc6fccfd3379f616c"}) as unknown as TypedDocumentString<ReservationsPageQuery, ReservationsPageQueryVariables>;
export const ResourcesPageDocument = new TypedDocumentString(`
    query ResourcesPage($filter: ResourceFilter, $first: Int! = 50, $after: String) {
  resources(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      name
      timeZone
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"sha256:d1dafa82570cccb9824d331b77b8244d6934af5ab1637ef15cf2f625e84852d1"}) as unknown as TypedDocumentString<ResourcesPageQuery, ResourcesPageQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
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
    ... on UserError {
      message
      path
    }
  }
}
    `, {"hash":"sha256:8a1d2596f74d1c99fc12cbe98adf0add81aab718f91816c69b227aaa72d67921"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
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
    `, {"hash":"sha256:514ec072228403b35f9125393255d63817998364de4c11949d7b97997bc15f62"}) as unknown as TypedDocumentString<TokenRefreshMutation, TokenRefreshMutationVariables>;