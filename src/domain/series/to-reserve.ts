import type { OccurrenceInput } from '../../sql/series/reserve-many.js';
import { newId } from '../ids.js';
import type { Occurrence } from '../schedules/recurrence.js';
import { localText } from '../time/local-day.js';
import type { Settled } from './settle.js';

/** What is written of the occurrences that are not left out, by start. */
export const toReserve = (
  occurrences: readonly Occurrence[],
  { verdicts }: Settled,
  timeZone: string,
): OccurrenceInput[] =>
  occurrences.flatMap(({ key, startsAt, endsAt }, index) => {
    const claims = verdicts[index]?.claims;
    if (!claims) return [];
    const [localStart, localEnd] = [localText(+startsAt, timeZone), localText(+endsAt, timeZone)];
    return {
      id: newId(),
      auditId: newId(),
      occurrence: key,
      startsAt,
      endsAt,
      localStart,
      localEnd,
      claims,
    };
  });

/** Every resource that they touch, once. */
export const touchedBy = (made: readonly OccurrenceInput[]): string[] => [
  ...new Set(made.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId))),
];
