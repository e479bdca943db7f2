import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import type { InvalidInput, NotFound, VersionConflict } from '../failure.js';
import { refuse } from '../reservations/change-reservation.js';
import { mayChangeAll } from '../reservations/rights.js';
import { readSeriesToChange, type SeriesScope } from '../series/series-target.js';
import { STANDING } from './standing.js';

export type Unreached = ReservationRefused | NotFound | InvalidInput | VersionConflict;

/**
 * Finds what an act about who takes part reaches: this reservation alone, or those of its series that a change of it
 * would; or why the viewer cannot do it. For whoever may change them.
 */
export async function reachedBy(
  ctx: ViewerCtx,
  id: string,
  scope: SeriesScope,
): Promise<readonly string[] | Unreached> {
  if (scope === 'THIS') return [id];
  const act = { seriesId: null, reservationId: id, scope, expectedVersion: null };
  const target = await readSeriesToChange(ctx, act, ['PENDING_APPROVAL', 'CONFIRMED']);
  if (!('kind' in target)) return target.reached.map((row) => row.id);
  return target.kind === 'SeriesRefused' ? { ...target, kind: 'ReservationRefused' } : target;
}

/** Locks them until commit and returns them by their ids; what is over, or stands no longer, refuses. */
export async function lockReached(
  ctx: ViewerCtx,
  tx: Queryable,
  ids: readonly string[],
): Promise<ReservationRow[] | Unreached> {
  const now = ctx.clock.fixed();
  const targets = await readTargets(tx, now, ids, ctx.viewer.userId, mayChangeAll(ctx.viewer), 'LOCKED');
  for (const id of ids) {
    const target = targets.find(({ row }) => row.id === id);
    const refusal = refuse(target, { id, from: STANDING, expectedVersion: null });
    if (refusal) return refusal;
    if (target && Date.parse(target.row.endsAt) <= Date.parse(target.now)) {
      return refused([reason('ALREADY_DECIDED', 'This reservation is over.')]);
    }
  }
  return targets.map(({ row }) => row);
}
