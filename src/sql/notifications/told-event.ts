import type { ReservationState } from '../reservations/reservation-json.js';

/** What is told of a person's account, always and to that person; the rest of what can be told is below. */
export type AccountKind =
  | 'FACTOR_ADDED'
  | 'FACTOR_REMOVED'
  | 'FACTORS_RESET'
  | 'RECOVERY_CODES_RENEWED'
  | 'RECOVERY_CODE_USED'
  | 'FACTOR_GUESSED'
  | 'PASSKEY_COPIED'
  | 'IDENTITY_LINKED'
  | 'IDENTITY_UNLINKED'
  | 'DELEGATE_ADDED';

/** What can be told, of a reservation unless it says otherwise; the table notification_kind says how by default. DIGEST is a mail of what was collected. */
export type NotificationKind =
  | AccountKind
  | 'DIGEST'
  | 'RESERVED'
  | 'OWN_CHANGE'
  | 'RESERVED_FOR_YOU'
  | 'CHANGED'
  | 'MOVED'
  | 'CANCELLED'
  | 'CANCELLED_BY_CLOSURE'
  | 'RESTORED_AFTER_CLOSURE'
  | 'HOLD_EXPIRED'
  | 'NO_SHOW'
  | 'SERIES_ENDED'
  | 'REMINDER'
  | 'RESTORED'
  | 'APPROVED'
  | 'REJECTED'
  | 'APPROVAL_EXPIRED'
  | 'APPROVAL_ASKED_BACK'
  | 'APPROVAL_ASKED'
  | 'APPROVAL_REMINDED'
  | 'APPROVAL_ESCALATED'
  | 'APPROVAL_ANSWERED'
  | 'DIRECTORY_SYNC_REFUSED'
  | 'WAITLIST_OFFERED'
  | 'INVITED'
  | 'UNINVITED'
  | 'INVITATION_ANSWERED'
  | 'COMMENTED';

export type InvitationResponse = 'NONE' | 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';

/** A reservation as it was at that change: bare uuids, instants as JSON text. */
export interface ToldReservation {
  readonly id: string;
  readonly title: string;
  readonly details: string;
  readonly state: ReservationState;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly version: number;
  readonly createdAt: string;
  /** Of an offer: by when it must be taken. */
  readonly expiresAt?: string;
  readonly resources: readonly { readonly name: string; readonly place: string; readonly quantity: number }[];
  /** Of its first resource. */
  readonly timeZone: string;
}

/** What the triggers notify_people and notify_company have kept of a change for one person. */
export interface ToldEvent {
  /** Who did it; null where nobody did, or the person may not know. */
  readonly actor: string | null;
  readonly closure: string | null;
  /** What somebody said about a request. */
  readonly words: string | null;
  /** More than one only of a series. */
  readonly count: number;
  /** Whether the person has all of them, and has not only made them for somebody else. */
  readonly isOwn: boolean;
  /** By start, at most a hundred. */
  readonly reservations: readonly [ToldReservation, ...ToldReservation[]];
  /** Of one that was moved: what it was before. */
  readonly previous: {
    readonly startsAt: string;
    readonly endsAt: string;
    readonly resources: readonly string[];
  } | null;
  /** For who takes part, and of an answer; not there for others. */
  readonly company?: {
    /** The answer so far. */
    readonly response: InvitationResponse;
    /** Of an invitation: who has the reservation. */
    readonly organizer?: { readonly name: string; readonly address: string };
    /** Of an answer: who has given it. */
    readonly name?: string;
  } | null;
}

/** What has happened to the person's own account; instants as JSON text. */
export interface AccountEvent {
  /** Who did it, where that was somebody else. */
  readonly actor: string | null;
  /** Where it was done from. */
  readonly address: string | null;
  /** What it is about, such as the name of a passkey. */
  readonly what: string | null;
  readonly at: string;
  /** Of the person. */
  readonly timeZone: string;
}

/** What was collected for one person, and what they have that day. */
export interface DigestEvent {
  /** YYYY-MM-DD, by the person's clocks. */
  readonly day: string;
  readonly timeZone: string;
  /** By start, at most a hundred, without details. */
  readonly today: readonly ToldReservation[];
  /** From the first to the last. */
  readonly news: readonly { readonly kind: NotificationKind; readonly event: ToldEvent }[];
}

export type MailEvent = ToldEvent | AccountEvent | DigestEvent;

/** Whether the event is about the person's account, not about a reservation. */
export const isAboutAccount = (event: MailEvent): event is AccountEvent => 'address' in event;

/** Whether the event is many. */
export const isDigest = (event: MailEvent): event is DigestEvent => 'news' in event;
