import { mayChangeAll, mayRead } from '../../domain/reservations/rights.js';
import { readTargets, reservationsByIds } from '../../sql/reservations/read-reservations.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';

export const reservationById = defineLoader((ctx, ids) => reservationsByIds(ctx.db, ctx.clock.fixed(), ids));

/** The reservation, or null where the viewer may not see it. */
export async function readableReservation(ctx: GraphQLContext, id: string) {
  const row = await reservationById(ctx).load(id);
  return row && mayRead(ctx.viewer, row) ? row : null;
}

/** Whether the viewer may change the reservation. */
export const mayChangeById = defineLoader(async (ctx, ids) => {
  const { viewer } = ctx;
  if (!viewer) return new Map<string, boolean>();
  const targets = await readTargets(ctx.db, ctx.clock.fixed(), ids, viewer.userId, mayChangeAll(viewer));
  return new Map(targets.map((target) => [target.row.id, target.mayChange]));
});
