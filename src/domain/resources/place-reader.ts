import { placesByIds } from '../../sql/places/place-by-ids.js';
import { placeChildren } from '../../sql/places/place-children.js';
import { type AfterName, type PlaceFilter, placePage } from '../../sql/places/place-page.js';
import type { PlaceRow } from '../../sql/places/place-row.js';
import { type Caretakers, caretakersOf } from '../../sql/resources/caretakers.js';
import type { Ctx } from '../act.js';
import { manageablePlaces } from './manager-policy.js';

/** The places by id, for a loader. */
export const readPlaces = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, PlaceRow>> =>
  placesByIds(ctx.db, ids);

/** Who is named as looking after each place, for a loader. */
export const readPlaceCaretakers = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, Caretakers>> =>
  caretakersOf(ctx.db, 'place', ids);

/** Which places are in the viewer's care, for a loader; others are missing. */
export async function readManageablePlaces(ctx: Ctx, ids: readonly string[]): Promise<Map<string, true>> {
  const may = ctx.viewer ? await manageablePlaces(ctx.db, ctx.viewer, ids) : new Set<string>();
  return new Map([...may].map((id) => [id, true]));
}

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
