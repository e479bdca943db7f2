import { isMortal, NOW } from '../reservations/reservation-json.js';
import {
  idAt,
  instantAt,
  instantsIn,
  integerAt,
  packedIds,
  packedInstants,
  packedIntegers,
} from './packed.js';

/** A span that a resource, or a part of a pool, is not free. Instants in ms since 1970. */
export interface BusyRow {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly quantity: number;
  /** Set while it is a hold: the instant it dies. */
  readonly heldUntil: number | null;
  readonly reservationId: string;
}

/** What may be read of each span besides its ends. */
export const BUSY_KEYS = ['quantity', 'heldUntil', 'reservationId'] as const;
export type BusyKey = (typeof BUSY_KEYS)[number];

/**
 * Of what ends by itself, holds and requests are held, and what waits for somebody to check in is taken. Holds are few
 * at any time, so they are looked up once for all spans, and only where one of the spans ends so at all.
 */
const HELD_UNTIL = `case when c.occupies_until < 'infinity'
    and c.reservation_id in (select v.id from reservation v where ${isMortal('v')})
  then c.occupies_until else 'infinity' end`;

const COLUMN: Record<BusyKey, string> = {
  quantity: `${packedIntegers('c.quantity')} filter (where r.pooled) as "quantity"`,
  heldUntil: `${packedInstants(HELD_UNTIL)} as "heldUntil"`,
  reservationId: `${packedIds('c.reservation_id')} as "reservationId"`,
};

/** The packed columns of one resource's spans; null where there are none, or they were not asked for. */
export interface PackedBusy {
  readonly startsAt: Buffer | null;
  readonly endsAt: Buffer | null;
  /** Of pools alone. */
  readonly quantity?: Buffer | null;
  readonly heldUntil?: Buffer | null;
  readonly reservationId?: Buffer | null;
}

/**
 * SQL that joins what is busy of resource `r` with stream `s` between two instants as `busy`, one packed row. By
 * claim_day, bounded by the longest claim of the resource: GiST needs 4 × as long for the same rows.
 */
export const busyLateral = (keys: readonly BusyKey[], from: string, to: string): string =>
  `cross join lateral (
    select ${packedInstants('lower(c.occupied)')} as "startsAt", ${packedInstants('upper(c.occupied)')} as "endsAt"
      ${keys.map((key) => `, ${COLUMN[key]}`).join('')}
    from claim c where c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW}
      and lower(c.occupied) < ${to} and upper(c.occupied) > ${from}
      and lower(c.occupied) > ${from} - s.longest - interval '1 ms') busy`;

const byStart = (a: BusyRow, b: BusyRow) =>
  a.startsAt - b.startsAt || (a.reservationId < b.reservationId ? -1 : 1);

/** The spans by start; what was not read of them is 1, null or empty. */
export function busyFrom({ startsAt, endsAt, quantity, heldUntil, reservationId }: PackedBusy): BusyRow[] {
  if (!startsAt || !endsAt) return [];
  const rows: BusyRow[] = [];
  let isSorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < instantsIn(startsAt); place++) {
    const start = instantAt(startsAt, place);
    const until = heldUntil ? instantAt(heldUntil, place) : Number.POSITIVE_INFINITY;
    rows.push({
      startsAt: start,
      endsAt: instantAt(endsAt, place),
      quantity: quantity ? integerAt(quantity, place) : 1,
      heldUntil: until === Number.POSITIVE_INFINITY ? null : until,
      reservationId: reservationId ? idAt(reservationId, place) : '',
    });
    isSorted &&= last < start;
    last = start;
  }
  return isSorted ? rows : rows.sort(byStart);
}
