import { ReservationCreateDocument } from '../../client/generated/graphql.js';
import { EXIT, Failure } from '../failure.js';
import type { Act } from '../leaf.js';
import { clean } from '../output/clean.js';
import { refusalLines } from '../output/refusal.js';
import { resourcesShown, zoneOf } from '../output/reservation.js';
import { spanShown } from '../time/shown.js';
import { mishap } from './outcome.js';
import { readWish, type WishOptions } from './wish.js';

/** Here the refusal is the result: it goes to standard output, and the exit code says the same. */
export const reservationExplain: Act<WishOptions> = async (session, options, ...given) => {
  const { out } = session;
  const { resource, input, instead } = await readWish(session, options, given as string[]);
  const wish = { input: { ...input, dryRun: true }, explain: true };
  const { reservationCreate: judged } = await session.call(ReservationCreateDocument, wish);
  if (judged.__typename === 'ReservationSuccess') {
    const { window, resources, state } = judged.reservation;
    const shown = `${clean(resourcesShown(resources))}, ${spanShown(window, zoneOf(judged.reservation))}`;
    if (out.isJson) out.json({ isPossible: true, state, window, reasons: [], alternatives: [] });
    else
      out.line(
        `${out.paint('green', 'Possible')}: ${shown}${state === 'PENDING_APPROVAL' ? ', once approved' : ''}`,
      );
    return;
  }
  if (judged.__typename !== 'ReservationRefused') throw mishap(judged, resource.timeZone);
  const { message, reasons, alternatives = [] } = judged;
  if (out.isJson) out.json({ isPossible: false, message, reasons, alternatives });
  else {
    out.line(`${out.paint('yellow', 'Not possible')}: ${clean(message)}`);
    for (const line of refusalLines(judged, resource.timeZone, instead(['book']))) out.line(line);
  }
  throw new Failure(EXIT.refused, 'REFUSED', message, { isTold: true });
};
