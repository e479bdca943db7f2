import { circlesByIds } from '../../sql/people/circle.js';
import { trainingsOf } from '../../sql/people/granted.js';
import { groupsOf, memberPages } from '../../sql/people/members.js';
import type { AfterName } from '../../sql/places/place-page.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';

export const groupById = defineLoader((ctx, ids) => circlesByIds(ctx.db, 'Group', ids));
export const trainingById = defineLoader((ctx, ids) => circlesByIds(ctx.db, 'Training', ids));

/** Ids of the groups of each person. */
export const groupIdsByUser = defineLoader((ctx, ids) => groupsOf(ctx.db, ids));
export const trainingsByUser = defineLoader((ctx, ids) => trainingsOf(ctx.db, ids));

/** One statement for each page that the operation asks for, whatever the number of groups. */
async function readWishes(ctx: GraphQLContext, keys: readonly string[]): Promise<Map<string, UserRow[]>> {
  const pages = Map.groupBy(keys, (key) => key.slice(key.indexOf('{')));
  const found = new Map<string, UserRow[]>();
  for (const [page, ofPage] of pages) {
    const { after, limit } = JSON.parse(page) as { after: AfterName | null; limit: number };
    const groupIds = ofPage.map((key) => key.slice(0, key.indexOf('{')));
    for (const [groupId, rows] of await memberPages(ctx.db, groupIds, after, limit)) {
      found.set(`${groupId}${page}`, rows);
    }
  }
  return found;
}

const membersByWish = defineLoader(readWishes);

/** Up to `limit` members of a group by name. */
export const membersOf = async (
  ctx: GraphQLContext,
  groupId: string,
  after: AfterName | null,
  limit: number,
): Promise<UserRow[]> => (await membersByWish(ctx).load(groupId + JSON.stringify({ after, limit }))) ?? [];
