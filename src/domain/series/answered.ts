import { storedAnswer } from '../../sql/reservations/idempotency.js';
import type { IdempotencyKey } from '../../sql/reservations/reserve.js';
import type { ViewerCtx } from '../act.js';
import type { IdempotencyKeyReused } from '../failure.js';
import { replay } from '../reservations/idempotency-key.js';
import type { SeriesReport } from './report.js';

/** The first answer to the key, where there is one within 24 hours (D6). */
export async function answered(
  ctx: ViewerCtx,
  key: IdempotencyKey | null,
): Promise<SeriesReport | IdempotencyKeyReused | null> {
  const stored = key && (await storedAnswer<SeriesReport>(ctx.db, ctx.clock.fixed(), ctx.viewer.userId, key));
  return stored ? replay(stored, key) : null;
}
