import { mayChangeAll } from '../../domain/reservations/rights.js';
import { readTargets, reservationsByIds } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { defineLoader } from '../loader.js';

/** The reservation, or null where there is none for the viewer to see: the only way by which it is shown. */
export const reservationById = defineLoader(async (ctx, ids) =>
  ctx.viewer
    ? reservationsByIds(ctx.db, ctx.clock.fixed(), ids, ctx.viewer)
    : new Map<string, ReservationRow>(),
);

/** Whether the viewer may change the reservation. */
export const mayChangeById = defineLoader(async (ctx, ids) => {
  const { viewer } = ctx;
  if (!viewer) return new Map<string, boolean>();
  const targets = await readTargets(ctx.db, ctx.clock.fixed(), ids, viewer.userId, mayChangeAll(viewer));
  return new Map(targets.map((target) => [target.row.id, target.mayChange]));
});
