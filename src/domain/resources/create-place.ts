import type { EntityManager } from '@mikro-orm/postgresql';
import { placesByIds } from '../../sql/places/place-by-ids.js';
import type { PlaceRow } from '../../sql/places/place-row.js';
import { lockPlaceTree } from '../../sql/places/place-tree.js';
import { replaceCaretakers } from '../../sql/resources/caretakers.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { type CaretakerChoice, checkManagers, chosenCaretakers } from './manager-policy.js';
import { nameTaken } from './name-taken.js';
import { Place } from './place.entity.js';
import { checkKinds, checkPlaceFields, type PlaceFields } from './place-policy.js';

/**
 * Adds a place to the tree. For managers and administrators.
 * @returns the new place, or what is wrong: a name that its siblings have already, a kind that cannot lie there
 */
export async function createPlace(
  ctx: ViewerCtx,
  { managerIds, managerGroupIds, ...input }: PlaceFields & CaretakerChoice,
): Promise<PlaceRow | InvalidInput> {
  const invalid = checkPlaceFields(input);
  if (invalid) return invalid;
  try {
    return await ctx.db.unitOfWork((em, tx) =>
      add(em, tx, ctx, { ...input, name: input.name.trim() }, { managerIds, managerGroupIds }),
    );
  } catch (error) {
    return nameTaken(error);
  }
}

async function add(
  em: EntityManager,
  tx: Queryable,
  ctx: ViewerCtx,
  fields: PlaceFields,
  choice: CaretakerChoice,
): Promise<PlaceRow | InvalidInput> {
  await lockPlaceTree(tx);
  const parent = fields.parentId === null ? null : await em.findOne(Place, fields.parentId);
  if (fields.parentId !== null && !parent)
    return invalidInput(['input', 'parentId'], 'There is no such place.');
  const misplaced = checkKinds(fields.kind, parent?.kind ?? null, []);
  const chosen = chosenCaretakers(choice);
  const refusal = misplaced ?? (await checkManagers(tx, ctx.viewer, chosen));
  if (refusal) return refusal;
  const id = newId();
  const path = [...(parent?.path ?? []), id];
  em.create(Place, { ...fields, id, path, version: 1, createdAt: ctx.clock.now() });
  await em.flush();
  await replaceCaretakers(tx, 'place', id, { userIds: chosen.managerIds, groupIds: chosen.managerGroupIds });
  const after = (await placesByIds(tx, [id])).get(id) as PlaceRow;
  await recordAudit(tx, ctx, { action: 'place.create', subjectId: id, after: { ...fields, ...chosen } });
  return after;
}
