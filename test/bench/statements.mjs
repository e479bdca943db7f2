import { readAvailability } from '../../dist/sql/availability/read-availability.js';
import { readReservationPage } from '../../dist/sql/reservations/reservation-page.js';
import { reserve } from '../../dist/sql/reservations/reserve.js';
import { resourcesByIds } from '../../dist/sql/resources/resource-by-ids.js';
import { FIRST_DAY, resourceId, userId } from './database.mjs';

const DAY = 86_400_000;
export const window = { startsAt: new Date(FIRST_DAY + 30 * DAY), endsAt: new Date(FIRST_DAY + 31 * DAY) };

/** Who asks, as the token says: see token.mjs. */
const MEMBER = { userId: userId(1), role: 'MEMBER' };

/** The very statement and values that one of our own functions would send. */
async function captured(call) {
  let seen;
  const rows = {
    query: async (statement, values) => {
      seen = { ...statement, values };
      return [];
    },
  };
  await call(rows);
  return seen;
}

/** Our own statements, as the floor and pgbench run them. */
export const statements = async () => ({
  q1: await captured((on) => resourcesByIds(on, [resourceId(1)])),
  q2: await captured((on) =>
    readReservationPage(on, null, {
      filter: { window, onlooker: MEMBER },
      descending: false,
      limit: 51,
      after: null,
      columns: ['title', 'state', 'startsAt', 'endsAt', 'ownerId'],
      claims: true,
      owner: ['id', 'name'],
      resource: ['id', 'name'],
    }),
  ),
  q3: await captured((on) =>
    readAvailability(
      on,
      null,
      Array.from({ length: 20 }, (_, i) => resourceId(i + 1)),
      window,
    ),
  ),
  m1: await captured((on) =>
    reserve(on, {
      now: null,
      id: '',
      actorId: '',
      ownerId: '',
      title: '',
      details: '',
      startsAt: window.startsAt,
      endsAt: window.endsAt,
      holdMs: null,
      heldAs: 'HELD',
      checkIn: null,
      claims: [],
      judgedBy: 1,
      localStart: '',
      localEnd: '',
      timeZone: '',
      auditId: '',
      source: { requestId: '' },
      key: null,
    }),
  ),
});
