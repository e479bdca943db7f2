import { checkIn } from '../../sql/presence/check-in.js';
import type { Ctx } from '../act.js';
import { newId } from '../ids.js';
import type { DoorLinks } from './door-links.js';
import { resourceAtDoor } from './rotate-link.js';

/**
 * Somebody at the door says that they are there, with nothing but its link: where the rule lets anybody do so, while
 * check-in is open.
 * @returns null for a token that is none, or none any more; else whether the reservation was checked in to
 */
export async function checkInAtDoor(
  { db, clock, bus, requestId }: Pick<Ctx, 'db' | 'clock' | 'bus' | 'requestId'>,
  links: DoorLinks,
  token: string,
  reservationId: string | null,
): Promise<boolean | null> {
  const resourceId = await resourceAtDoor({ db }, links, token);
  if (resourceId === null) return null;
  if (reservationId === null) return false;
  const changed = await checkIn(db, {
    now: clock.fixed(),
    id: reservationId,
    actorId: null,
    mayChangeAll: false,
    resourceId,
    expectedVersion: null,
    auditId: newId(),
    requestId,
    key: null,
  });
  if (changed) bus.wake({ kind: 'streams', resourceIds: changed.touched });
  return changed !== null;
}
