import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { nextOfSeries, seriesByIds } from '../../sql/series/series-by-ids.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import { defineLoader } from '../loader.js';

/** The series, or null where there is none for the viewer to see. */
export const seriesById = defineLoader(async (ctx, ids) =>
  ctx.viewer ? seriesByIds(ctx.db, ctx.clock.fixed(), ids, ctx.viewer) : new Map<string, SeriesRow>(),
);

/** The reservation of the series that comes next, or is going on, as far as the viewer sees them. */
export const nextInSeries = defineLoader(async (ctx, ids) =>
  ctx.viewer ? nextOfSeries(ctx.db, ctx.clock.fixed(), ids, ctx.viewer) : new Map<string, ReservationRow>(),
);
