import { countChange } from '../../sql/parts/add-ons.js';
import {
  conflictingWithLinks,
  deadHoldsOn,
  fitClaims,
  holdReservations,
  type PartConflict,
} from '../../sql/parts/implied-claims.js';
import { holdLinks, readLinks, replaceLinks } from '../../sql/parts/links.js';
import { tellResources } from '../../sql/parts/tell-resources.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import { resourcesByIds } from '../../sql/resources/resource-by-ids.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import { constraintOf, SQLSTATE, sqlstateOf, waitedResource } from '../../sql/sqlstate.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { sourceOf } from '../audit/source.js';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  Unavailable,
  type VersionConflict,
} from '../failure.js';
import { givingWay } from '../giving-way.js';
import { type Division, divide } from './division.js';
import { stale } from './stale.js';

export interface SetResourceParts {
  readonly id: string;
  /** All of its direct parts; none makes it undivided. */
  readonly partIds: readonly string[];
  readonly expectedVersion?: number | null | undefined;
}

/** Reservations use the whole and a part of it at the same time, or would. */
export interface PartsInUse {
  readonly kind: 'PartsInUse';
  readonly message: string;
  readonly path: readonly string[];
  /** All that take part, up to 50, by start. */
  readonly conflicts: readonly PartConflict[];
}

type Refusal = InvalidInput | NotFound | VersionConflict | PartsInUse;
interface Divided {
  readonly resource: ResourceRow;
  /** Resources whose streams have moved on. */
  readonly moved: readonly string[];
}

const MOST_PARTS = 20;
const ATTEMPTS = 8;
const PATH = ['input', 'partIds'];

/** Thrown to roll the links back. */
class InUse extends Error {
  constructor(readonly conflicts: readonly PartConflict[]) {
    super('whole and parts are in use together');
  }
}

/**
 * Divides a resource into exactly these parts, up to 20, which may be divided themselves, up to 4 levels in all.
 * From then on the whole is occupied while a part is, and the other way round: reservations that are not over
 * get and lose the claims that go with it, in the same commit. For managers and administrators.
 * @returns the resource, or PartsInUse where reservations that are there already cannot stay side by side
 */
export async function setResourceParts(
  ctx: ViewerCtx,
  input: SetResourceParts,
): Promise<ResourceRow | Refusal> {
  const wanted = { ...input, partIds: [...new Set(input.partIds)].sort() };
  if (wanted.partIds.length > MOST_PARTS) {
    return invalidInput(PATH, `A resource has at most ${MOST_PARTS} direct parts.`);
  }
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    try {
      const outcome = await givingWay(ctx, () => ctx.db.transaction((tx) => change(tx, ctx, wanted)));
      if ('kind' in outcome) return outcome;
      ctx.bus.wake({ kind: 'streams', resourceIds: outcome.moved });
      return outcome.resource;
    } catch (error) {
      if (error instanceof InUse) return inUse(error.conflicts);
      if (!cameBetween(error)) throw error;
    }
  }
  throw new Unavailable('the parts are contended; nothing was changed');
}

/** Thrown to roll back and try again. */
class CameBetween extends Error {}

/** A reservation in flight has taken a part, or is being changed, or somebody waits: the next attempt sees what became of it. */
const cameBetween = (error: unknown): boolean =>
  error instanceof CameBetween ||
  waitedResource(error) !== null ||
  sqlstateOf(error) === SQLSTATE.exclusionViolation ||
  constraintOf(error) === 'claim_reservation';

async function change(
  tx: Queryable,
  ctx: ViewerCtx,
  { id, partIds, expectedVersion }: SetResourceParts,
): Promise<Divided | Refusal> {
  await holdLinks(tx, [id, ...partIds]);
  const rows = await resourcesByIds(tx, [id, ...partIds]);
  const row = rows.get(id);
  if (!row) return notFound(['id'], 'resource');
  const refusal = stale('Resource', row, expectedVersion) ?? check(row, partIds, rows);
  if (refusal) return refusal;
  const links = await readLinks(tx);
  const before = links.flatMap(({ wholeId, partId, depth }) =>
    wholeId === id && depth === 1 ? [partId] : [],
  );
  if (String(before.toSorted()) === String(partIds)) return { resource: row, moved: [] };
  const division = divide(links, id, partIds);
  if ('kind' in division) return division;
  const moved = await rearrange(tx, ctx, division);
  await countChange(tx, id);
  await recordAudit(tx, ctx, {
    action: 'resource.setParts',
    subjectId: id,
    before: { partIds: before },
    after: { partIds },
  });
  return { resource: (await resourcesByIds(tx, [id])).get(id) as ResourceRow, moved };
}

function check(
  whole: ResourceRow,
  partIds: readonly string[],
  rows: ReadonlyMap<string, ResourceRow>,
): InvalidInput | null {
  if (!partIds.every((id) => rows.has(id))) return invalidInput(PATH, 'Each part must be a resource.');
  if (partIds.includes(whole.id)) return invalidInput(PATH, 'Nothing can be a part of itself.');
  return [...rows.values()].some(({ pooled }) => pooled)
    ? invalidInput(PATH, 'A pool can neither be divided nor be a part.')
    : null;
}

/**
 * Writes the links and brings every reservation in line. Locks in the order in which bookings do: resources,
 * reservations, streams. Twice: the first time waits for bookings in flight, which may not be done holding the
 * streams that they need for their commit; the second is behind the streams' locks, where none is overlooked.
 * @returns the resources whose streams have moved on
 */
async function rearrange(tx: Queryable, ctx: ViewerCtx, division: Division): Promise<string[]> {
  const now = ctx.clock.fixed();
  const { wholes, links, family } = division;
  await lockResources(tx, family);
  const dead = await deadHoldsOn(tx, now, family);
  const expired = dead.length > 0 ? await expireNamedHolds(tx, now, dead, sourceOf(ctx)) : [];
  await replaceLinks(tx, wholes, links);
  await holdReservations(tx, now, family, true);
  await fit(tx, now, family);
  await tellResources(tx, family);
  if (!(await holdReservations(tx, now, family, false))) throw new CameBetween();
  await fit(tx, now, family);
  return [...new Set([...family, ...expired.flatMap(({ resourceIds }) => resourceIds)])];
}

async function fit(tx: Queryable, now: string | null, family: readonly string[]): Promise<void> {
  const conflicts = await conflictingWithLinks(tx, now, family);
  if (conflicts.length > 0) throw new InUse(conflicts);
  await fitClaims(tx, now, family);
}

const inUse = (conflicts: readonly PartConflict[]): PartsInUse => ({
  kind: 'PartsInUse',
  message: 'Reservations use the whole and a part of it at the same time, or rooms that would share a part.',
  path: PATH,
  conflicts,
});
