import type { Placement } from '../../sql/rules/read-placements.js';
import type { Role, ViewerCtx } from '../act.js';
import { reason } from '../decisions/reason.js';
import type { InvalidInput } from '../failure.js';
import { allOccurrences, type Occurrence, selfOverlap } from '../schedules/recurrence.js';
import { checkRecurrence, type Recurrence } from '../schedules/recurrence-rule.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { localDate } from '../time/local-day.js';
import { beyond, horizonsOf } from './horizon.js';
import { type SeriesRefused, seriesRefused } from './report.js';

/** The most occurrences of one series. */
const MOST = 1_000;

const invalidRule = (message: string) =>
  seriesRefused([reason('INVALID_RRULE', message)], [], ['input', 'rrule']);

/**
 * All occurrences of the recurrence by start, or why it cannot be a series (S1, S3): no rule at all, without an end,
 * too many, past the horizon of its resources, or over itself. Nothing is cut silently.
 */
export function expand(
  { clock }: ViewerCtx,
  recurrence: Recurrence,
  placements: readonly [Placement, ...Placement[]],
  book: RuleBook,
  exemptRole: Role,
): readonly Occurrence[] | InvalidInput | SeriesRefused {
  const invalid = checkRecurrence(recurrence, ['input']);
  if (invalid?.code === 'INVALID_RRULE') return invalidRule(invalid.message);
  if (invalid) return invalid;
  const now = clock.now().getTime();
  const horizons = horizonsOf(placements, book, now, exemptRole);
  const isPast = (startsAt: number) => startsAt >= horizons.at(startsAt).to;
  const all = allOccurrences(recurrence, { most: MOST, until: horizons.until, isPast });
  if (!('kind' in all)) return checkEach(all, recurrence);
  if (all.kind === 'Endless') return invalidRule('A series has an end: give the rule a COUNT or an UNTIL.');
  if (all.kind === 'NoDates') return invalidRule('This rule gives no occurrence at all.');
  if (all.kind === 'TooMany') return invalidRule(`A series has at most ${MOST} occurrences.`);
  return seriesRefused([beyond(horizons.at(+all.startsAt), +all.startsAt)], [], ['input', 'rrule']);
}

function checkEach(
  all: readonly Occurrence[],
  { timeZone }: Recurrence,
): readonly Occurrence[] | SeriesRefused {
  const overlap = selfOverlap(all);
  if (!overlap) return all;
  const sentence = `The occurrences on ${localDate(+overlap[0].startsAt, timeZone)} and ${localDate(+overlap[1].startsAt, timeZone)} overlap each other.`;
  return seriesRefused([reason('SERIES_SELF_OVERLAP', sentence)], [], ['input', 'rrule']);
}
