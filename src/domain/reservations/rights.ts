import type { Viewer } from '../act.js';

/** Administrators and managers change every reservation; others their own and those on resources in their care. */
export const mayChangeAll = (viewer: Viewer): boolean =>
  viewer.role === 'ADMINISTRATOR' || viewer.role === 'MANAGER';

/** Everybody but guests sees who has reserved what; guests see their own reservations, and busy elsewhere. */
export const mayRead = (
  viewer: Pick<Viewer, 'userId' | 'role'> | null,
  reservation: { ownerId: string; creatorId?: string },
): boolean =>
  viewer !== null &&
  (viewer.role !== 'GUEST' ||
    reservation.ownerId === viewer.userId ||
    reservation.creatorId === viewer.userId);
