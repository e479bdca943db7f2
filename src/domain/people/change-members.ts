import { type CircleRow, lockCircle } from '../../sql/people/circle.js';
import { addMembers, removeMembers } from '../../sql/people/members.js';
import { activeUsers } from '../../sql/resources/resource-manager.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';

const MOST_AT_ONCE = 500;
const PATH = ['input', 'userIds'];

export interface ChangeMembers {
  readonly groupId: string;
  readonly userIds: readonly string[];
}

async function changeMembers(
  ctx: ViewerCtx,
  { groupId, userIds }: ChangeMembers,
  change: (tx: Queryable, ids: string[]) => Promise<InvalidInput | { action: string; changed: string[] }>,
): Promise<CircleRow | NotFound | InvalidInput> {
  const ids = [...new Set(userIds)];
  if (ids.length < 1 || ids.length > MOST_AT_ONCE) {
    return invalidInput(PATH, `Name 1 to ${MOST_AT_ONCE} people.`);
  }
  return ctx.db.transaction(async (tx) => {
    const group = await lockCircle(tx, 'Group', groupId);
    if (!group) return notFound(['id'], 'group');
    const outcome = await change(tx, ids);
    if ('kind' in outcome) return outcome;
    const { action, changed } = outcome;
    if (changed.length > 0) {
      await recordAudit(tx, ctx, { action, subjectId: groupId, after: { userIds: changed.sort() } });
    }
    return group;
  });
}

/** Puts people into the group; who is in it already stays. For managers and administrators. */
export const addGroupMembers = (ctx: ViewerCtx, input: ChangeMembers) =>
  changeMembers(ctx, input, async (tx, ids) => {
    const active = await activeUsers(tx, ids);
    if (!ids.every((id) => active.has(id))) return invalidInput(PATH, 'Each must be an active user.');
    return { action: 'group.membersAdd', changed: await addMembers(tx, input.groupId, ids) };
  });

/** Takes people out of the group; who is not in it is passed over. For managers and administrators. */
export const removeGroupMembers = (ctx: ViewerCtx, input: ChangeMembers) =>
  changeMembers(ctx, input, async (tx, ids) => ({
    action: 'group.membersRemove',
    changed: await removeMembers(tx, input.groupId, ids),
  }));
