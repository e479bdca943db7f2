import { type AddOnRow, addOnsOf, countChange, replaceAddOns } from '../../sql/parts/add-ons.js';
import { holdLinks } from '../../sql/parts/links.js';
import { tellResources } from '../../sql/parts/tell-resources.js';
import { resourcesByIds } from '../../sql/resources/resource-by-ids.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type VersionConflict,
} from '../failure.js';
import { difference } from './difference.js';
import { stale } from './stale.js';

export interface SetResourceAddOns {
  readonly id: string;
  /** All that it offers; `most` is for one reservation, null: as many as there are. */
  readonly addOns: readonly AddOnRow[];
  readonly expectedVersion?: number | null | undefined;
}

type Refusal = InvalidInput | NotFound | VersionConflict;

const MOST_ADD_ONS = 20;
const MOST_OF_ONE = 10_000;
const PATH = ['input', 'addOns'];

/**
 * Makes exactly these pools, up to 20, what can be added to a reservation of the resource. Reservations that
 * have added others keep them. For managers and administrators.
 */
export async function setResourceAddOns(
  ctx: ViewerCtx,
  input: SetResourceAddOns,
): Promise<ResourceRow | Refusal> {
  const invalid = check(input);
  if (invalid) return invalid;
  const outcome = await ctx.db.transaction((tx) => change(tx, ctx, input));
  if ('kind' in outcome) return outcome;
  if (outcome.changed) ctx.bus.wake({ kind: 'streams', resourceIds: [input.id] });
  return outcome.resource;
}

function check({ id, addOns }: SetResourceAddOns): InvalidInput | null {
  if (addOns.length > MOST_ADD_ONS) {
    return invalidInput(PATH, `A resource offers at most ${MOST_ADD_ONS} add-ons.`);
  }
  const pools = new Set(addOns.map(({ poolId }) => poolId));
  if (pools.size < addOns.length) return invalidInput([...PATH, 'poolId'], 'Name each pool once.');
  if (pools.has(id)) return invalidInput([...PATH, 'poolId'], 'Nothing can be an add-on of itself.');
  const isFine = (most: number | null) =>
    most === null || (Number.isInteger(most) && most >= 1 && most <= MOST_OF_ONE);
  return addOns.every(({ most }) => isFine(most))
    ? null
    : invalidInput([...PATH, 'most'], `This is a whole number from 1 to ${MOST_OF_ONE}.`);
}

async function change(
  tx: Queryable,
  ctx: ViewerCtx,
  { id, addOns, expectedVersion }: SetResourceAddOns,
): Promise<{ readonly resource: ResourceRow; readonly changed: boolean } | Refusal> {
  const poolIds = addOns.map(({ poolId }) => poolId);
  await holdLinks(tx, [id, ...poolIds]);
  const rows = await resourcesByIds(tx, [id, ...poolIds]);
  const row = rows.get(id);
  if (!row) return notFound(['id'], 'resource');
  const refusal = stale('Resource', row, expectedVersion);
  if (refusal) return refusal;
  if (!poolIds.every((poolId) => rows.get(poolId)?.pooled)) {
    return invalidInput([...PATH, 'poolId'], 'Each add-on must be a pool.');
  }
  const byPool = (some: readonly AddOnRow[]) =>
    some.map(({ poolId, most }) => ({ poolId, most })).sort((a, b) => (a.poolId < b.poolId ? -1 : 1));
  const before = { addOns: byPool((await addOnsOf(tx, [id])).get(id) ?? []) };
  const changed = difference(before, { addOns: byPool(addOns) });
  if (!changed) return { resource: row, changed: false };
  await tellResources(tx, [id]);
  await replaceAddOns(tx, id, addOns);
  await countChange(tx, id);
  await recordAudit(tx, ctx, { action: 'resource.setAddOns', subjectId: id, ...changed });
  return { resource: (await resourcesByIds(tx, [id])).get(id) as ResourceRow, changed: true };
}
