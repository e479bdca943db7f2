import { readClosedSpans, readClosures } from '../../domain/schedules/closure-reader.js';
import type { ClosedStretch } from '../../domain/schedules/rule-book.js';
import type { Stretch } from '../../domain/time/stretch.js';
import { closingsByIds } from '../../sql/closures/closings.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';

export const closureById = defineLoader(readClosures);
export const closingById = defineLoader((ctx, ids) => closingsByIds(ctx.db, ids));

/** One reading for each window that the operation asks for, whatever the number of resources. */
async function readWishes(
  ctx: GraphQLContext,
  keys: readonly string[],
): Promise<Map<string, ClosedStretch[]>> {
  const found = new Map<string, ClosedStretch[]>();
  for (const [window, ofWindow] of Map.groupBy(keys, (key) => key.slice(key.indexOf('{')))) {
    const ids = ofWindow.map((key) => key.slice(0, key.indexOf('{')));
    const spans = await readClosedSpans(ctx, ids, JSON.parse(window) as Stretch);
    for (const [id, ofResource] of spans) found.set(`${id}${window}`, ofResource);
  }
  return found;
}

const spansByWish = defineLoader(readWishes);

/** When a resource is closed within the bounds. */
export const closedSpansOf = async (
  ctx: GraphQLContext,
  resourceId: string,
  { from, to }: Stretch,
): Promise<ClosedStretch[]> => (await spansByWish(ctx).load(resourceId + JSON.stringify({ from, to }))) ?? [];
