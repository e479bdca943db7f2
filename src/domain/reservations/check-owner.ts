import { mayActFor } from '../../sql/people/delegates.js';
import type { ViewerCtx } from '../act.js';
import type { Docket } from '../decisions/docket.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { mayChangeAll } from './rights.js';

const PATH = ['input', 'ownerId'];
const UNKNOWN = 'There is no such active user.';
const NOT_THEIRS = 'Only managers and delegates reserve on behalf of somebody else.';

/**
 * Whether the viewer may reserve for that owner at all: managers for everybody, delegates for whom they act, whoever
 * looks after all of the resources for everybody there, and others for themselves, which asks nobody.
 * @param resourceIds what is asked for; null: others might be taken instead
 */
export async function checkOnBehalf(
  ctx: ViewerCtx,
  ownerId: string | null,
  resourceIds: readonly string[] | null,
): Promise<ReservationRefused | null> {
  const { viewer } = ctx;
  if (!ownerId || ownerId === viewer.userId || mayChangeAll(viewer)) return null;
  const may =
    viewer.role !== 'GUEST' &&
    (await mayActFor(ctx.db, ctx.clock.fixed(), viewer.userId, ownerId, resourceIds));
  return may ? null : refused([reason('NOT_PERMITTED', NOT_THEIRS)]);
}

/** Whether each owner on the docket can have reservations. */
export const checkOwners = ({ sets }: Docket): InvalidInput | null =>
  sets.flat().every(({ owner }) => owner.active) ? null : invalidInput(PATH, UNKNOWN);
