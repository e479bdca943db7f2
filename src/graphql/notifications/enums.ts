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
  },
});
