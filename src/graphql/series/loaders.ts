import { nextOfSeries, seriesByIds } from '../../sql/series/series-by-ids.js';
import { defineLoader } from '../loader.js';

export const seriesById = defineLoader((ctx, ids) => seriesByIds(ctx.db, ids));

/** The reservation of the series that comes next, or is going on. */
export const nextInSeries = defineLoader((ctx, ids) => nextOfSeries(ctx.db, ctx.clock.fixed(), ids));
