import type { EntityManager } from '@mikro-orm/postgresql';
import { caretakersOf, replaceCaretakers } from '../../sql/resources/caretakers.js';
import { resourcesByIds } from '../../sql/resources/resource-by-ids.js';
import { lockResource } from '../../sql/resources/resource-capacity.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, type NotFound, notFound, type VersionConflict } from '../failure.js';
import { type CapacityBelowUse, checkCapacity, checkTies, expireDeadHolds } from './capacity-policy.js';
import { difference } from './difference.js';
import {
  type CaretakerChoice,
  checkManagers,
  chosenCaretakers,
  manageable,
  rechosen,
} from './manager-policy.js';
import { fieldsOf, mergeResource, type ResourceChanges } from './merge-resource.js';
import { nameTaken } from './name-taken.js';
import { Resource } from './resource.entity.js';
import { checkResourceFields } from './resource-policy.js';
import { stale } from './stale.js';

export interface UpdateResource extends ResourceChanges, CaretakerChoice {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

type Refusal = InvalidInput | NotFound | VersionConflict | CapacityBelowUse;
interface Changed {
  readonly resource: ResourceRow;
  /** Resources whose streams have moved on. */
  readonly moved: readonly string[];
}

/**
 * Changes a resource. For managers and administrators, and for whoever looks after it, who cannot choose its
 * managers; to others it looks as if it were not there. Reservations made before keep their window and
 * buffers.
 */
export async function updateResource(ctx: ViewerCtx, input: UpdateResource): Promise<ResourceRow | Refusal> {
  try {
    const outcome = await ctx.db.unitOfWork((em, tx) => change(em, tx, ctx, input));
    if ('kind' in outcome) return outcome;
    if (outcome.moved.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds: outcome.moved });
    return outcome.resource;
  } catch (error) {
    return nameTaken(error);
  }
}

async function change(
  em: EntityManager,
  tx: Queryable,
  ctx: ViewerCtx,
  input: UpdateResource,
): Promise<Changed | Refusal> {
  const { id } = input;
  if (!(await manageable(tx, ctx.viewer, [id])).has(id)) return notFound(['id'], 'resource');
  await lockResource(tx, id);
  const row = (await resourcesByIds(tx, [id])).get(id);
  if (!row) return notFound(['id'], 'resource');
  const refusal = stale('Resource', row, input.expectedVersion);
  if (refusal) return refusal;
  const fields = fieldsOf(row);
  const merged = await mergeResource(tx, fields, input);
  if ('kind' in merged) return merged;
  const caretakers = (await caretakersOf(tx, 'resource', [id])).get(id);
  const before = { ...fields, ...chosenCaretakers({}, caretakers) };
  const after = { ...merged, ...chosenCaretakers(input, caretakers) };
  const changed = difference(before, after);
  if (!changed) return { resource: row, moved: [] };
  const invalid =
    checkResourceFields(merged) ??
    (rechosen(changed.after) ? await checkManagers(tx, ctx.viewer, changed.after) : null) ??
    (await checkCapacity(tx, ctx, id, before, after)) ??
    (await checkTies(tx, id, before, after));
  if (invalid) return invalid;
  const moved =
    after.pooled !== before.pooled || after.capacity < before.capacity
      ? await expireDeadHolds(tx, ctx, id)
      : [];
  em.assign(await em.findOneOrFail(Resource, id), { ...merged, version: row.version + 1 });
  await em.flush();
  if (rechosen(changed.after))
    await replaceCaretakers(tx, 'resource', id, {
      userIds: after.managerIds,
      groupIds: after.managerGroupIds,
    });
  await recordAudit(tx, ctx, { action: 'resource.update', subjectId: id, ...changed });
  return { resource: (await resourcesByIds(tx, [id])).get(id) as ResourceRow, moved };
}
