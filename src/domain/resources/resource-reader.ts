import type { AfterName } from '../../sql/places/place-page.js';
import { type Caretakers, caretakersOf } from '../../sql/resources/caretakers.js';
import { resourcesByIds } from '../../sql/resources/resource-by-ids.js';
import type { ResourceFilter } from '../../sql/resources/resource-filter.js';
import { type ResourceSort, resourcePage, type SortKey } from '../../sql/resources/resource-page.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import { resourceTypePage, resourceTypesByIds } from '../../sql/resources/resource-type-read.js';
import type { ResourceTypeRow } from '../../sql/resources/resource-type-row.js';
import type { Ctx } from '../act.js';
import { manageable } from './manager-policy.js';

/** The resources by id, of whatever status, for a loader. */
export const readResources = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, ResourceRow>> =>
  resourcesByIds(ctx.db, ids);

/** The types by id, for a loader. */
export const readResourceTypes = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, ResourceTypeRow>> =>
  resourceTypesByIds(ctx.db, ids);

/** Who is named as looking after each resource, for a loader. */
export const readCaretakers = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, Caretakers>> =>
  caretakersOf(ctx.db, 'resource', ids);

/** Which resources the viewer may change, for a loader; those they may not are missing. */
export async function readManageable(ctx: Ctx, ids: readonly string[]): Promise<Map<string, true>> {
  const may = ctx.viewer ? await manageable(ctx.db, ctx.viewer, ids) : new Set<string>();
  return new Map([...may].map((id) => [id, true]));
}

/** Up to `limit` types by name. */
export const readResourceTypePage = (
  ctx: Ctx,
  after: AfterName | null,
  limit: number,
): Promise<ResourceTypeRow[]> => resourceTypePage(ctx.db, after, limit);

/**
 * Up to `limit` resources of a filter that checkResourceFilter has passed, each with its sort key.
 * @param sort as settledSort gives it; `after` is the key and id of the last resource of the page before
 */
export const readResourcePage = (
  ctx: Ctx,
  filter: ResourceFilter,
  sort: ResourceSort,
  after: { readonly key: SortKey; readonly id: string } | null,
  limit: number,
): Promise<{ row: ResourceRow; key: SortKey }[]> => resourcePage(ctx.db, filter, sort, after, limit);
