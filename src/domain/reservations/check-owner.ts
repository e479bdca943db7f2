import type { ViewerCtx } from '../act.js';
import type { Docket } from '../decisions/docket.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { mayChangeAll } from './rights.js';

const PATH = ['input', 'ownerId'];
const UNKNOWN = 'There is no such active user.';

/** Whether the viewer may reserve for that owner at all: managers for everybody, others for themselves. */
export function checkOnBehalf(ctx: ViewerCtx, ownerId: string | null): ReservationRefused | null {
  if (!ownerId || ownerId === ctx.viewer.userId || mayChangeAll(ctx.viewer)) return null;
  return refused([reason('NOT_PERMITTED', 'Only managers reserve on behalf of somebody else.')]);
}

/** Whether each owner on the docket can have reservations. */
export const checkOwners = ({ sets }: Docket): InvalidInput | null =>
  sets.flat().every(({ owner }) => owner.active) ? null : invalidInput(PATH, UNKNOWN);
