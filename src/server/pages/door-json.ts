import { globalId } from '../../domain/ids.js';
import type { Door } from '../../domain/presence/show-door.js';
import type { DoorEntry } from '../../sql/presence/read-door.js';

const iso = (instant: string): string => new Date(instant).toISOString();

const shown = ({ state, startsAt, endsAt, quantity, checkIn }: DoorEntry) => ({
  state,
  startsAt: iso(startsAt),
  endsAt: iso(endsAt),
  quantity,
  checkIn: checkIn && {
    opensAt: iso(checkIn.opensAt),
    releaseAt: checkIn.releaseAt && iso(checkIn.releaseAt),
  },
});

/** The door for a display: what changes with nothing but the clock is not in it, so that its tag tells news. */
export const doorJson = ({
  resourceId,
  name,
  timeZone,
  state,
  until,
  present,
  next,
  awaited,
}: Door): string =>
  JSON.stringify({
    resource: { id: globalId('Resource', resourceId), name, timeZone },
    state,
    until,
    present: present.map(shown),
    next: next.map(shown),
    awaited: awaited.map((entry) => ({
      id: globalId('Reservation', entry.id),
      ...shown(entry),
      anonymous: entry.checkIn?.anonymous ?? false,
    })),
  });
