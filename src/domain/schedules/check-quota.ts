import { type InvalidInput, invalidInput } from '../failure.js';
import { checkWhole } from '../whole.js';
import type { Quota, QuotaMeasure, QuotaPeriod } from './rule.js';

const MOST = 1_000_000;
const MEASURES: readonly QuotaMeasure[] = ['COUNT', 'MINUTES'];
const PERIODS: readonly QuotaPeriod[] = ['DAY', 'ISO_WEEK', 'MONTH', 'CONCURRENT'];
const SPREADS: readonly Quota['over'][] = ['SCOPE', 'RESOURCE'];

/** A limit from 0 to a million; what is at the same time is counted, not measured in minutes. */
export function checkQuota(quota: Quota, path: readonly string[]): InvalidInput | null {
  const { measure, period, over, limit } = quota;
  if (!MEASURES.includes(measure)) return invalidInput([...path, 'measure'], 'There is no such measure.');
  if (!PERIODS.includes(period)) return invalidInput([...path, 'period'], 'There is no such period.');
  if (!SPREADS.includes(over)) return invalidInput([...path, 'over'], 'There is no such spread.');
  if (period === 'CONCURRENT' && measure !== 'COUNT') {
    return invalidInput([...path, 'measure'], 'CONCURRENT goes with COUNT: minutes have no instant.');
  }
  return checkWhole(limit, [...path, 'limit'], 0, MOST);
}
