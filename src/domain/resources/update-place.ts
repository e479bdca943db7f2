import type { EntityManager } from '@mikro-orm/postgresql';
import { placesByIds } from '../../sql/places/place-by-ids.js';
import type { PlaceKind, PlaceRow } from '../../sql/places/place-row.js';
import { childKinds, lockPlaceTree, rebaseSubtree } from '../../sql/places/place-tree.js';
import { caretakersOf, replaceCaretakers } from '../../sql/resources/caretakers.js';
import { refreshWordsOfPlace } from '../../sql/resources/resource-words.js';
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
import { type CaretakerChoice, checkManagers, chosenCaretakers, rechosen } from './manager-policy.js';
import { nameTaken } from './name-taken.js';
import { Place } from './place.entity.js';
import { checkKinds, checkPlaceFields, type PlaceFields } from './place-policy.js';
import { stale } from './stale.js';

export interface UpdatePlace extends CaretakerChoice {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
  readonly name?: string | null | undefined;
  readonly kind?: PlaceKind | null | undefined;
  /** Null makes it a place without a parent; undefined leaves it where it is. */
  readonly parentId?: string | null | undefined;
  /** Null takes the zone of the nearest place above; undefined leaves it. */
  readonly timeZone?: string | null | undefined;
}

type Refusal = InvalidInput | NotFound | VersionConflict;

/**
 * Renames, moves or otherwise changes a place; all that lies below moves along. For managers and
 * administrators. A time zone counts for resources made from now on: those that are there keep theirs.
 */
export async function updatePlace(ctx: ViewerCtx, input: UpdatePlace): Promise<PlaceRow | Refusal> {
  try {
    return await ctx.db.unitOfWork((em, tx) => change(em, tx, ctx, input));
  } catch (error) {
    return nameTaken(error);
  }
}

const fieldsOf = ({ name, kind, parentId, timeZone }: Place): PlaceFields => ({
  name,
  kind,
  parentId: parentId ?? null,
  timeZone: timeZone ?? null,
});

async function change(
  em: EntityManager,
  tx: Queryable,
  ctx: ViewerCtx,
  input: UpdatePlace,
): Promise<PlaceRow | Refusal> {
  await lockPlaceTree(tx);
  const place = await em.findOne(Place, input.id);
  if (!place) return notFound(['id'], 'place');
  const caretakers = (await caretakersOf(tx, 'place', [place.id])).get(place.id);
  const fields = fieldsOf(place);
  const wanted: PlaceFields = {
    name: input.name?.trim() ?? fields.name,
    kind: input.kind ?? fields.kind,
    parentId: input.parentId === undefined ? fields.parentId : input.parentId,
    timeZone: input.timeZone === undefined ? fields.timeZone : input.timeZone,
  };
  const before = { ...fields, ...chosenCaretakers({}, caretakers) };
  const after = { ...wanted, ...chosenCaretakers(input, caretakers) };
  const changed = difference(before, after);
  const parent = after.parentId === null ? null : await em.findOne(Place, after.parentId);
  const refusal =
    stale('Place', place, input.expectedVersion) ??
    checkPlaceFields(after) ??
    checkParent(place, after, parent) ??
    checkKinds(after.kind, parent?.kind ?? null, await childKinds(tx, place.id)) ??
    (changed && rechosen(changed.after) ? await checkManagers(tx, ctx.viewer, changed.after) : null);
  if (refusal) return refusal;
  if (changed) {
    em.assign(place, { ...wanted, version: place.version + 1 });
    await em.flush();
    if (before.parentId !== after.parentId) await rebaseSubtree(tx, place.id, parent?.path ?? []);
    if ('name' in changed.after || 'parentId' in changed.after) await refreshWordsOfPlace(tx, place.id);
    if (rechosen(changed.after))
      await replaceCaretakers(tx, 'place', place.id, {
        userIds: after.managerIds,
        groupIds: after.managerGroupIds,
      });
    await recordAudit(tx, ctx, { action: 'place.update', subjectId: place.id, ...changed });
  }
  return (await placesByIds(tx, [place.id])).get(place.id) as PlaceRow;
}

function checkParent(place: Place, after: PlaceFields, parent: Place | null): InvalidInput | null {
  if (after.parentId === null) return null;
  if (!parent) return invalidInput(['input', 'parentId'], 'There is no such place.');
  return parent.path.includes(place.id)
    ? invalidInput(['input', 'parentId'], 'A place cannot lie in itself or in a place below it.')
    : null;
}
