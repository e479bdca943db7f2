import type { Words } from './words.js';

export const german: Words = {
  locale: 'de-DE',
  colon: ': ',
  headings: {
    RESERVED: 'Reserviert',
    OWN_CHANGE: 'Von Ihnen geändert',
    RESERVED_FOR_YOU: 'Für Sie reserviert',
    CHANGED: 'Geändert',
    MOVED: 'Verschoben',
    CANCELLED: 'Storniert',
    CANCELLED_BY_CLOSURE: 'Wegen einer Schließung storniert',
    RESTORED_AFTER_CLOSURE: 'Wieder da: Schließung zurückgenommen',
    HOLD_EXPIRED: 'Vormerkung abgelaufen',
    REMINDER: 'Erinnerung',
  },
  ownCancelled: 'Von Ihnen storniert',
  when: 'Wann',
  where: 'Wo',
  before: 'Vorher',
  by: 'Von',
  closure: 'Schließung',
  details: 'Einzelheiten',
  dates: (count) => `${count} Termine`,
  more: (count) => `und ${count} weitere`,
  footer:
    'Sie erhalten diese Mail, weil es um eine Ihrer Reservierungen geht. Was Ihnen mitgeteilt wird, wählen Sie in Holdfast.',
};
