import { type Reason, reason } from '../decisions/reason.js';
import type { LocalTimeGap } from '../time/local-time.js';

/** LOCAL_TIME_GAP with the next valid time (T3). */
export function skippedTime(local: string, timeZone: string, { nextAt, nextLocal }: LocalTimeGap): Reason {
  const message = `Clocks in ${timeZone} skip ${local}; the next time they show is ${nextLocal}.`;
  return reason('LOCAL_TIME_GAP', message, { earliestStart: nextAt.toISOString() });
}
