import {
  ReservationCancelDocument,
  ReservationCheckInDocument,
  ReservationCheckOutDocument,
  ReservationConfirmDocument,
  ReservationExtendDocument,
  type ReservationFactsFragment,
  ReservationMoveDocument,
} from '../../client/generated/graphql.js';
import type { Session } from '../account/session.js';
import type { Act } from '../leaf.js';
import type { Instead } from '../output/refusal.js';
import { zoneOf } from '../output/reservation.js';
import { durationText, minutesOf } from '../time/duration.js';
import { typedTime } from '../time/shown.js';
import { whenOf, windowFrom } from '../time/when.js';
import { awaitedReservation } from './awaited-reservation.js';
import { keyOf, onceMore } from './once-more.js';
import { type Mishap, mishap } from './outcome.js';
import { printReservation } from './print-reservation.js';
import { findReservation } from './reservation-show.js';

interface Options {
  readonly key?: string;
  readonly accept?: readonly string[];
}

interface ActInput {
  readonly idempotencyKey: string;
  readonly acceptedTerms: string[] | null;
}

type Result =
  | { readonly __typename: 'ReservationSuccess'; readonly reservation: ReservationFactsFragment }
  | Mishap;

/** Runs one act and prints what became of the reservation. */
async function change(
  session: Session,
  { key, accept }: Options,
  act: (input: ActInput) => Promise<Result>,
  said: { readonly zone?: string; readonly instead?: Instead } = {},
): Promise<void> {
  const idempotencyKey = keyOf({ ...(key && { key }) });
  const input = { idempotencyKey, acceptedTerms: accept ? [...accept] : null };
  const result = await onceMore(idempotencyKey, () => act(input));
  if (result.__typename !== 'ReservationSuccess')
    throw mishap(result, said.zone ?? session.zoneAt(), said.instead);
  printReservation(session.out, result.reservation);
}

const lengthOf = ({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }) =>
  (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000;

export const move: Act<Options> = async (session, options, ...given) => {
  const [id = '', when = '', length] = given as string[];
  const reservation = await findReservation(session, id);
  const zone = zoneOf(reservation);
  const minutes = length === undefined ? lengthOf(reservation.window) : minutesOf(length);
  const window = windowFrom(whenOf(when, zone), minutes, zone);
  const here = new Set(reservation.resources.map(({ resource }) => resource?.id));
  // Only times: another resource is another reservation.
  const instead: Instead = (other) =>
    other.resources.every(({ resource }) => here.has(resource?.id))
      ? ['reservation', 'move', id, typedTime(other.window.startsAt, zone), durationText(minutes)]
      : null;
  const act = async (input: ActInput) =>
    (await session.call(ReservationMoveDocument, { id, input: { ...input, window }, explain: true }))
      .reservationMove;
  await change(session, options, act, { zone, instead });
};

export const extend: Act<Options> = async (session, options, ...given) => {
  const [id = '', length = ''] = given as string[];
  const minutes = minutesOf(length);
  await change(session, options, async (input) => {
    const variables = { id, input: { ...input, minutes }, explain: true };
    return (await session.call(ReservationExtendDocument, variables)).reservationExtend;
  });
};

export const confirm: Act<Options> = (session, options, id) =>
  change(
    session,
    options,
    async (input) =>
      (await session.call(ReservationConfirmDocument, { id: id as string, input })).reservationConfirm,
  );

export const cancel: Act<Options> = (session, options, id) =>
  change(
    session,
    options,
    async (input) =>
      (await session.call(ReservationCancelDocument, { id: id as string, input })).reservationCancel,
  );

export const checkIn: Act<Options> = async (session, options, given) => {
  const id = (given as string | undefined) ?? (await awaitedReservation(session));
  await change(
    session,
    options,
    async (input) => (await session.call(ReservationCheckInDocument, { id, input })).reservationCheckIn,
  );
};

export const checkOut: Act<Options> = (session, options, id) =>
  change(
    session,
    options,
    async (input) =>
      (await session.call(ReservationCheckOutDocument, { id: id as string, input })).reservationCheckOut,
  );
