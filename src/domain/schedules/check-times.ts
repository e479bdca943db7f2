import { type InvalidInput, invalidInput } from '../failure.js';
import { checkWhole } from '../whole.js';
import { checkTime } from './check-opening-hours.js';
import type { Buffers, Grid, LengthLimits, Notice } from './rule.js';

const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 10_080;
const YEAR_MINUTES = 527_040;
const MOST_START_TIMES = 96;

/** The longest horizon. */
export const MOST_DAYS_AHEAD = 3_660;

type Path = readonly string[];

/** A limit that may be missing. */
const checkLimit = (value: number | null, path: Path, least: number, most: number): InvalidInput | null =>
  value === null ? null : checkWhole(value, path, least, most);

/** Up to a week on each side. */
export const checkBuffers = ({ setupMinutes, teardownMinutes }: Buffers, path: Path): InvalidInput | null =>
  checkWhole(setupMinutes, [...path, 'setupMinutes'], 0, WEEK_MINUTES) ??
  checkWhole(teardownMinutes, [...path, 'teardownMinutes'], 0, WEEK_MINUTES);

/** Up to a year of notice and ten years of horizon. With no limit at all it lifts a farther rule. */
export const checkNotice = (
  { leastMinutes, horizonDays, cancelMinutes }: Notice,
  path: Path,
): InvalidInput | null =>
  checkLimit(leastMinutes, [...path, 'leastMinutes'], 0, YEAR_MINUTES) ??
  checkLimit(horizonDays, [...path, 'horizonDays'], 0, MOST_DAYS_AHEAD) ??
  checkLimit(cancelMinutes, [...path, 'cancelMinutes'], 0, YEAR_MINUTES);

/** From a minute to a year, the shortest not above the longest. With no limit at all it lifts a farther rule. */
export function checkLength({ leastMinutes, mostMinutes }: LengthLimits, path: Path): InvalidInput | null {
  const invalid =
    checkLimit(leastMinutes, [...path, 'leastMinutes'], 1, YEAR_MINUTES) ??
    checkLimit(mostMinutes, [...path, 'mostMinutes'], 1, YEAR_MINUTES);
  if (invalid || leastMinutes === null || mostMinutes === null || leastMinutes <= mostMinutes) return invalid;
  return invalidInput([...path, 'mostMinutes'], 'The longest is not below the shortest.');
}

/** Steps that divide a day, so that every day has the same; start times that fall on them, each once. */
export function checkGrid({ stepMinutes, startTimes }: Grid, path: Path): InvalidInput | null {
  const invalid = checkLimit(stepMinutes, [...path, 'stepMinutes'], 1, DAY_MINUTES);
  if (invalid) return invalid;
  if (stepMinutes !== null && DAY_MINUTES % stepMinutes !== 0) {
    return invalidInput([...path, 'stepMinutes'], 'A day has 1440 minutes, which the step must divide.');
  }
  if (startTimes === null) return null;
  const field = [...path, 'startTimes'];
  if (startTimes.length < 1 || startTimes.length > MOST_START_TIMES) {
    return invalidInput(field, `Name 1 to ${MOST_START_TIMES} start times, or none at all for any.`);
  }
  const wrong = startTimes.map((time) => checkTime(time, field)).find((each) => each !== null);
  if (wrong) return wrong;
  if (new Set(startTimes).size < startTimes.length) return invalidInput(field, 'Name each start time once.');
  const minutes = startTimes.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return minutes.some((at) => at % (stepMinutes ?? 1) !== 0)
    ? invalidInput(field, `Each start time falls on a step of ${stepMinutes} min.`)
    : null;
}
