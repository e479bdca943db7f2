import { readAddOns, readPartIds, readWholeIds } from '../../domain/resources/part-reader.js';
import {
  readChildren,
  readManageablePlaces,
  readPlaceCaretakers,
  readPlaces,
} from '../../domain/resources/place-reader.js';
import {
  readCaretakers,
  readManageable,
  readResources,
  readResourceTypes,
} from '../../domain/resources/resource-reader.js';
import type { AfterName } from '../../sql/places/place-page.js';
import type { PlaceRow } from '../../sql/places/place-row.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';

export const placeById = defineLoader(readPlaces);
export const resourceTypeById = defineLoader(readResourceTypes);
export const resourceById = defineLoader(readResources);
export const caretakersOf = defineLoader(readCaretakers);
export const caretakersOfPlace = defineLoader(readPlaceCaretakers);
export const manageablePlaceById = defineLoader(readManageablePlaces);
export const manageableById = defineLoader(readManageable);
export const partIdsOf = defineLoader(readPartIds);
export const wholeIdsOf = defineLoader(readWholeIds);
export const addOnsById = defineLoader(readAddOns);

interface ChildrenWish {
  readonly parentId: string;
  readonly after: AfterName | null;
  readonly limit: number;
}

/** One statement for each page that the operation asks for, whatever the number of parents. */
async function readWishes(ctx: GraphQLContext, keys: readonly string[]): Promise<Map<string, PlaceRow[]>> {
  const pages = Map.groupBy(keys, (key) => key.slice(key.indexOf('{')));
  const found = new Map<string, PlaceRow[]>();
  for (const [page, ofPage] of pages) {
    const { after, limit } = JSON.parse(page) as Omit<ChildrenWish, 'parentId'>;
    const parentIds = ofPage.map((key) => key.slice(0, key.indexOf('{')));
    const children = await readChildren(ctx, parentIds, after, limit);
    for (const [parentId, rows] of children) found.set(`${parentId}${page}`, rows);
  }
  return found;
}

const childrenByWish = defineLoader(readWishes);

/** A place's children by name. */
export const childrenOf = async (
  ctx: GraphQLContext,
  { parentId, ...page }: ChildrenWish,
): Promise<PlaceRow[]> => (await childrenByWish(ctx).load(parentId + JSON.stringify(page))) ?? [];
