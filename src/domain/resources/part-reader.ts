import { type AddOnRow, addOnsOf } from '../../sql/parts/add-ons.js';
import { directParts, directWholes } from '../../sql/parts/links.js';
import type { Ctx } from '../act.js';

/** Ids of each whole's direct parts by their names, for a loader. Read, not remembered: the rule book in memory may be old. */
export const readPartIds = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, readonly string[]>> =>
  directParts(ctx.db, ids);

/** Ids of what each resource is a direct part of, by their names, for a loader. */
export const readWholeIds = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, readonly string[]>> =>
  directWholes(ctx.db, ids);

/** What each resource offers as add-ons, by the names of the pools, for a loader. */
export const readAddOns = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, readonly AddOnRow[]>> =>
  addOnsOf(ctx.db, ids);
