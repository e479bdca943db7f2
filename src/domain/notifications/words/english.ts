import type { Words } from './words.js';

export const english: Words = {
  locale: 'en-GB',
  colon: ': ',
  headings: {
    RESERVED: 'Reserved',
    OWN_CHANGE: 'Changed by you',
    RESERVED_FOR_YOU: 'Reserved for you',
    CHANGED: 'Changed',
    MOVED: 'Moved',
    CANCELLED: 'Cancelled',
    CANCELLED_BY_CLOSURE: 'Cancelled by a closure',
    RESTORED_AFTER_CLOSURE: 'Back: the closure was undone',
    HOLD_EXPIRED: 'Hold expired',
    REMINDER: 'Reminder',
  },
  ownCancelled: 'Cancelled by you',
  when: 'When',
  where: 'Where',
  before: 'Before',
  by: 'By',
  closure: 'Closure',
  details: 'Details',
  dates: (count) => `${count} dates`,
  more: (count) => `and ${count} more`,
  footer:
    'You get this mail because it is about a reservation of yours. What you are told, you choose in Holdfast.',
};
