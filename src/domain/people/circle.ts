import {
  type CircleRow,
  insertCircle,
  lockCircle,
  removeCircle as remove,
  updateCircle as update,
} from '../../sql/people/circle.js';
import { constraintOf } from '../../sql/sqlstate.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type VersionConflict,
} from '../failure.js';
import { newId } from '../ids.js';
import { checkDescribed } from '../resources/described.js';
import { difference } from '../resources/difference.js';
import { stale } from '../resources/stale.js';

type Node = CircleRow['node'];

/** What the groups and the trainings of an organisation are called in audit and in sentences. */
const WORD: Record<Node, string> = { Group: 'group', Training: 'training' };

export interface CreateCircle {
  readonly name: string;
  readonly description?: string | null | undefined;
}

export interface UpdateCircle {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly expectedVersion?: number | null | undefined;
}

export interface RemoveCircle {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

export type CircleRefusal = InvalidInput | NotFound | VersionConflict;

function nameTaken(error: unknown, node: Node): InvalidInput {
  if (!['user_group_name_key', 'training_name_key'].includes(constraintOf(error) ?? '')) throw error;
  return invalidInput(['input', 'name'], `There is a ${WORD[node]} of this name already.`);
}

/** Adds a group or a training. For managers and administrators. Names are unique. */
export async function createCircle(
  ctx: ViewerCtx,
  node: Node,
  input: CreateCircle,
): Promise<CircleRow | InvalidInput> {
  const fields = { name: input.name.trim(), description: input.description ?? '' };
  const invalid = checkDescribed(fields);
  if (invalid) return invalid;
  try {
    return await ctx.db.transaction(async (tx) => {
      const row = await insertCircle(tx, node, { ...fields, id: newId(), createdAt: ctx.clock.now() });
      await recordAudit(tx, ctx, { action: `${WORD[node]}.create`, subjectId: row.id, after: fields });
      return row;
    });
  } catch (error) {
    return nameTaken(error, node);
  }
}

/** Renames or describes a group or a training; what is not named stays. For managers and administrators. */
export async function updateCircle(
  ctx: ViewerCtx,
  node: Node,
  input: UpdateCircle,
): Promise<CircleRow | CircleRefusal> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const before = await lockCircle(tx, node, input.id);
      if (!before) return notFound(['id'], WORD[node]);
      const { name, description } = before;
      const after = {
        name: input.name?.trim() ?? name,
        description: input.description ?? description,
      };
      const refusal = stale(node, before, input.expectedVersion) ?? checkDescribed(after);
      if (refusal) return refusal;
      const changed = difference({ name, description }, after);
      if (!changed) return before;
      const row = await update(tx, node, { ...after, id: before.id });
      await recordAudit(tx, ctx, { action: `${WORD[node]}.update`, subjectId: row.id, ...changed });
      return row;
    });
  } catch (error) {
    return nameTaken(error, node);
  }
}

/**
 * Removes a group or a training, and everybody's part in it. For managers and administrators. Rules that name a
 * group that is gone admit nobody by it; a training that is gone is missing to everybody.
 */
export async function removeCircle(
  ctx: ViewerCtx,
  node: Node,
  input: RemoveCircle,
): Promise<CircleRow | NotFound | VersionConflict> {
  return ctx.db.transaction(async (tx) => {
    const before = await lockCircle(tx, node, input.id);
    if (!before) return notFound(['id'], WORD[node]);
    const refusal = stale(node, before, input.expectedVersion);
    if (refusal) return refusal;
    const lost = await remove(tx, node, before.id);
    const { name, description } = before;
    await recordAudit(tx, ctx, {
      action: `${WORD[node]}.remove`,
      subjectId: before.id,
      before: { name, description, ...lost },
    });
    return before;
  });
}
