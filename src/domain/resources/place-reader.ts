import { placesByIds } from '../../sql/places/place-by-ids.js';
import { placeChildren } from '../../sql/places/place-children.js';
import { type AfterName, type PlaceFilter, placePage } from '../../sql/places/place-page.js';
import type { PlaceRow } from '../../sql/places/place-row.js';
import type { Ctx } from '../act.js';

/** The places by id, for a loader. */
export const readPlaces = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, PlaceRow>> =>
  placesByIds(ctx.db, ids);

/** Up to `limit` places by name. */
export const readPlacePage = (
  ctx: Ctx,
  filter: PlaceFilter,
  after: AfterName | null,
  limit: number,
): Promise<PlaceRow[]> => placePage(ctx.db, filter, after, limit);

/** Up to `limit` children of each place by name, for a loader. */
export const readChildren = (
  ctx: Ctx,
  parentIds: readonly string[],
  after: AfterName | null,
  limit: number,
): Promise<Map<string, PlaceRow[]>> => placeChildren(ctx.db, parentIds, after, limit);
