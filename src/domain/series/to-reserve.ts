import type { OccurrenceInput } from '../../sql/series/reserve-many.js';
import { type ApprovalAsk, approvalFor } from '../decisions/approval.js';
import { checkInFor } from '../decisions/check-in.js';
import type { CaseSet } from '../decisions/decide.js';
import { newId } from '../ids.js';
import { expiryOf } from '../reservations/expiry.js';
import type { Occurrence } from '../schedules/recurrence.js';
import type { Window } from '../time/window.js';
import type { Settled } from './settle.js';

/** With who must decide about it; null: nobody. */
export interface OccurrenceToMake extends OccurrenceInput {
  readonly ask: ApprovalAsk | null;
}

/** Who must decide about what these cases make, and until when it waits for that; nulls: nobody. */
export function pendingFor(
  cases: CaseSet,
  window: Window,
  now: number,
): Pick<OccurrenceToMake, 'ask' | 'pendingUntil'> {
  const ask = approvalFor(cases);
  const waits = ask && { ...window, holdMs: ask.deadlineMs, heldAs: 'PENDING_APPROVAL' as const };
  return { ask, pendingUntil: waits && expiryOf(waits, now) };
}

/** What is written of the occurrences that are not left out, by start. */
export const toReserve = (
  occurrences: readonly Occurrence[],
  { verdicts, now }: Settled,
): OccurrenceToMake[] =>
  occurrences.flatMap(({ key, endsLocal, startsAt, endsAt }, index) => {
    const { claims, cases = [] } = verdicts[index] ?? {};
    if (!claims) return [];
    return {
      id: newId(),
      auditId: newId(),
      occurrence: key,
      startsAt,
      endsAt,
      // As meant, also where clocks skip it: a new tz database may show it after all.
      localStart: key,
      localEnd: endsLocal,
      claims,
      checkIn: checkInFor(cases),
      ...pendingFor(cases, { startsAt, endsAt }, now),
    };
  });

/** Every resource that they touch, once. */
export const touchedBy = (made: readonly OccurrenceInput[]): string[] => [
  ...new Set(made.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId))),
];
