import { ReservationCreateDocument, ReservationHoldDocument } from '../../client/generated/graphql.js';
import type { Act } from '../leaf.js';
import { keyOf, onceMore } from './once-more.js';
import { mishap } from './outcome.js';
import { printReservation } from './print-reservation.js';
import { readWish, type WishOptions } from './wish.js';

interface Options extends WishOptions {
  readonly key?: string;
  readonly hold?: boolean;
  readonly details?: string;
  readonly private?: boolean;
}

export const reservationCreate: Act<Options> = async (session, options, ...given) => {
  const { resource, input: wish, instead } = await readWish(session, options, given as string[]);
  const idempotencyKey = keyOf(options);
  const input = {
    ...wish,
    idempotencyKey,
    details: options.details ?? null,
    visibility: options.private ? ('PRIVATE' as const) : null,
  };
  const made = await onceMore(idempotencyKey, async () =>
    options.hold
      ? (await session.call(ReservationHoldDocument, { input, explain: true })).reservationHold
      : (await session.call(ReservationCreateDocument, { input, explain: true })).reservationCreate,
  );
  if (made.__typename !== 'ReservationSuccess')
    throw mishap(made, resource.timeZone, instead(options.hold ? ['book', '--hold'] : ['book']));
  printReservation(session.out, made.reservation);
};
