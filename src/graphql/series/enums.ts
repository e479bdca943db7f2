import { registerEnumType } from 'type-graphql';

export enum SeriesMode {
  ALL_OR_NOTHING = 'ALL_OR_NOTHING',
  SKIP = 'SKIP',
  SUBSTITUTE = 'SUBSTITUTE',
}
registerEnumType(SeriesMode, {
  name: 'SeriesMode',
  description: 'What becomes of the occurrences of a series that cannot be had.',
  valuesConfig: {
    ALL_OR_NOTHING: { description: 'One of them refuses everything.' },
    SKIP: { description: 'They are left out of a new series, or stay where they are, and are reported.' },
    SUBSTITUTE: {
      description:
        'For these dates only, an equivalent resource: of the same type, with at least the seats, nearest first, then with the fewest spare seats. What finds none is left out.',
    },
  },
});

export enum SeriesScope {
  THIS = 'THIS',
  THIS_AND_FOLLOWING = 'THIS_AND_FOLLOWING',
  ALL = 'ALL',
}
registerEnumType(SeriesScope, {
  name: 'SeriesScope',
  description: 'How far a change of a series reaches.',
  valuesConfig: {
    THIS: { description: 'The one reservation, which goes its own way from then on.' },
    THIS_AND_FOLLOWING: {
      description: 'This one and all behind it: a change makes them a series of their own.',
    },
    ALL: { description: 'Every occurrence that has not begun yet.' },
  },
});

export enum OccurrenceOutcome {
  RESERVED = 'RESERVED',
  SUBSTITUTED = 'SUBSTITUTED',
  CHANGED = 'CHANGED',
  CANCELLED = 'CANCELLED',
  SKIPPED = 'SKIPPED',
}
registerEnumType(OccurrenceOutcome, {
  name: 'OccurrenceOutcome',
  description: 'What became of one occurrence.',
  valuesConfig: {
    RESERVED: { description: 'It has what was wanted.' },
    SUBSTITUTED: { description: 'Another resource stands in on this date.' },
    CHANGED: { description: 'It is now as the change says.' },
    CANCELLED: { description: 'It has been given up.' },
    SKIPPED: { description: 'It was left out, or left as it was, for the reasons beside it.' },
  },
});
