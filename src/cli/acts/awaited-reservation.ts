import { ReservationsAwaitedDocument } from '../../client/generated/graphql.js';
import type { Session } from '../account/session.js';
import { notFound, wrongUsage } from '../failure.js';
import { resourcesShown, zoneOf } from '../output/reservation.js';
import { spanShown } from '../time/shown.js';

const DAY = 86_400_000;

/** The id of the one reservation of one's own that can be checked in to now, by the server's clock. */
export async function awaitedReservation(session: Session): Promise<string> {
  const now = Date.now();
  const window = { startsAt: new Date(now - DAY).toISOString(), endsAt: new Date(now + DAY).toISOString() };
  const { reservations } = await session.call(ReservationsAwaitedDocument, { window });
  const [one, ...others] = reservations.nodes.filter(({ viewerCanCheckIn }) => viewerCanCheckIn.isAllowed);
  if (!one)
    throw notFound('Nothing of yours waits for a check-in now.', 'See: holdfast reservation list --mine');
  if (others.length === 0) return one.id;
  const shown = [one, ...others].map(
    (it) => `${it.id} (${resourcesShown(it.resources)}, ${spanShown(it.window, zoneOf(it))})`,
  );
  throw wrongUsage('Several reservations of yours wait for a check-in.', `Name one: ${shown.join(', or ')}`);
}
