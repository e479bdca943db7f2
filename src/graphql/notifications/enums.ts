import { registerEnumType } from 'type-graphql';

export enum NotificationKind {
  RESERVED = 'RESERVED',
  OWN_CHANGE = 'OWN_CHANGE',
  RESERVED_FOR_YOU = 'RESERVED_FOR_YOU',
  CHANGED = 'CHANGED',
  MOVED = 'MOVED',
  CANCELLED = 'CANCELLED',
  CANCELLED_BY_CLOSURE = 'CANCELLED_BY_CLOSURE',
  RESTORED_AFTER_CLOSURE = 'RESTORED_AFTER_CLOSURE',
  HOLD_EXPIRED = 'HOLD_EXPIRED',
  REMINDER = 'REMINDER',
  RESTORED = 'RESTORED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  APPROVAL_EXPIRED = 'APPROVAL_EXPIRED',
  APPROVAL_ASKED_BACK = 'APPROVAL_ASKED_BACK',
  APPROVAL_ASKED = 'APPROVAL_ASKED',
  APPROVAL_REMINDED = 'APPROVAL_REMINDED',
  APPROVAL_ESCALATED = 'APPROVAL_ESCALATED',
  APPROVAL_ANSWERED = 'APPROVAL_ANSWERED',
  DIRECTORY_SYNC_REFUSED = 'DIRECTORY_SYNC_REFUSED',
  FACTOR_ADDED = 'FACTOR_ADDED',
  FACTOR_REMOVED = 'FACTOR_REMOVED',
  FACTORS_RESET = 'FACTORS_RESET',
  RECOVERY_CODES_RENEWED = 'RECOVERY_CODES_RENEWED',
  RECOVERY_CODE_USED = 'RECOVERY_CODE_USED',
  FACTOR_GUESSED = 'FACTOR_GUESSED',
  PASSKEY_COPIED = 'PASSKEY_COPIED',
  IDENTITY_LINKED = 'IDENTITY_LINKED',
  IDENTITY_UNLINKED = 'IDENTITY_UNLINKED',
  NO_SHOW = 'NO_SHOW',
  SERIES_ENDED = 'SERIES_ENDED',
  WAITLIST_OFFERED = 'WAITLIST_OFFERED',
}
registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What people are told of reservations that they have, or have made for somebody else.',
  valuesConfig: {
    RESERVED: {
      description: 'The person has reserved, or confirmed a hold: a mail with the calendar entry.',
    },
    OWN_CHANGE: {
      description:
        'The person has changed, moved or cancelled: a mail that lets the calendar follow, for those who want it.',
    },
    RESERVED_FOR_YOU: { description: 'Somebody else has reserved, or confirmed a hold, for the person.' },
    CHANGED: { description: 'Somebody else has changed title or details.' },
    MOVED: { description: 'Somebody else has moved it to another window or other resources.' },
    CANCELLED: { description: 'Somebody else has cancelled it.' },
    CANCELLED_BY_CLOSURE: { description: 'A closure has cancelled it.' },
    RESTORED_AFTER_CLOSURE: { description: 'The closure was undone, and the reservation is back.' },
    HOLD_EXPIRED: { description: 'A hold has died unconfirmed.' },
    REMINDER: { description: 'It begins within an hour.' },
    RESTORED: { description: 'Somebody else has undone its cancellation.' },
    APPROVED: { description: 'All who had to have approved it, so it counts.' },
    REJECTED: { description: 'An approver has said no, and why.' },
    APPROVAL_EXPIRED: { description: 'Nobody has decided about it in time.' },
    APPROVAL_ASKED_BACK: { description: 'An approver has a question about it.' },
    APPROVAL_ASKED: { description: 'It waits for a decision of the person, or of others with them.' },
    APPROVAL_REMINDED: { description: 'It still does, and nobody has decided for a while.' },
    APPROVAL_ESCALATED: { description: 'Nobody has decided for so long that the person may as well.' },
    WAITLIST_OFFERED: {
      description: 'What the person has waited for is held for them, until the reservation expires.',
    },
    APPROVAL_ANSWERED: { description: 'The question that the person had asked was answered.' },
    DIRECTORY_SYNC_REFUSED: {
      description:
        'For administrators, in the app only: a sync with the directory would have taken away from too many people.',
    },
    FACTOR_ADDED: { description: 'The account has another app or passkey to prove with. Always told.' },
    FACTOR_REMOVED: { description: 'An app or a passkey was removed from the account. Always told.' },
    FACTORS_RESET: {
      description: 'An administrator has taken all second factors from the account. Always told.',
    },
    RECOVERY_CODES_RENEWED: { description: 'The account has new recovery codes. Always told.' },
    RECOVERY_CODE_USED: { description: 'A recovery code has stood in for the second factor. Always told.' },
    FACTOR_GUESSED: {
      description:
        'Several codes in a row were wrong, after a right password or in an open session. Always told.',
    },
    PASSKEY_COPIED: {
      description:
        'A passkey has signed with a count that was used before, as a copy of it would. Always told.',
    },
    IDENTITY_LINKED: { description: 'An identity at a provider was linked to the account. Always told.' },
    IDENTITY_UNLINKED: { description: 'Such an identity was taken from the account. Always told.' },
    NO_SHOW: { description: 'Nobody had checked in, so all that was left of it is free again.' },
    SERIES_ENDED: { description: 'Nobody had come to several dates in a row, so the rest is cancelled.' },
  },
});
