import { NOW, type Visibility } from '../reservations/reservation-json.js';

export type WaitState = 'WAITING' | 'OFFERED' | 'FULFILLED' | 'EXPIRED' | 'WITHDRAWN';

/** Somebody's place in the waitlist as PostgreSQL prints it: bare uuids, instants as JSON text in UTC. */
export interface WaitRow {
  readonly node: 'Wait';
  readonly id: string;
  readonly userId: string;
  readonly title: string;
  readonly details: string;
  /** Of the reservation that it becomes. */
  readonly visibility: Visibility;
  /** By the clock, whether or not a sweeper has run (O5). */
  readonly state: WaitState;
  /** In which the window is to lie; of an exact wish the window itself. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly lengthMs: number;
  /** All of them at once. */
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  readonly orEquivalent: boolean;
  readonly sameAttributes: readonly string[];
  readonly askedAt: string;
  /** The last start that would do: nobody waits beyond it. */
  readonly lastStartAt: string;
  readonly offeredAt: string | null;
  /** The hold that was offered. */
  readonly reservationId: string | null;
  /** While waiting: 1 for whom comes next, among those who wait for one of the same resources in some of the same time. */
  readonly position: number | null;
}

/** SQL: the state of the row `w` by the clock. */
export const waitStateOf = (w: string): string => `case
  when ${w}.state = 'WAITING' and ${w}.last_start <= ${NOW} then 'EXPIRED'
  when ${w}.state = 'OFFERED' and exists (
    select from reservation v where v.id = ${w}.reservation_id and v.expires_at <= ${NOW}) then 'EXPIRED'
  else ${w}.state end`;

/** SQL: whether the row `a` comes before the row `b`. */
export const comesBefore = (a: string, b: string): string =>
  `(-${a}.priority, ${a}.asked_at, ${a}.id) < (-${b}.priority, ${b}.asked_at, ${b}.id)`;

const position = (w: string): string => `(
  select 1 + count(*) from wait o where ${w}.state = 'WAITING' and o.state = 'WAITING' and o.last_start > ${NOW}
    and ${comesBefore('o', w)} and o.first_start < ${w}.last_end and o.last_end > ${w}.first_start
    and exists (select from wait_target a join wait_target b on b.resource_id = a.resource_id
      where a.wait_id = ${w}.id and b.wait_id = o.id))`;

/** SQL that prints the row with alias `w` as a WaitRow. */
export const waitJson = (w: string): string => `json_build_object(
  'node', 'Wait', 'id', ${w}.id, 'userId', ${w}.user_id, 'title', ${w}.title, 'details', ${w}.details, 'visibility', ${w}.visibility,
  'state', ${waitStateOf(w)}, 'startsAt', ${w}.first_start, 'endsAt', ${w}.last_end,
  'lengthMs', (extract(epoch from ${w}.last_end - ${w}.last_start) * 1000)::bigint, 'resources', ${w}.resources,
  'orEquivalent', ${w}.or_equivalent, 'sameAttributes', ${w}.same_attributes, 'askedAt', ${w}.asked_at,
  'lastStartAt', ${w}.last_start, 'offeredAt', ${w}.offered_at, 'reservationId', ${w}.reservation_id,
  'position', case when ${w}.state = 'WAITING' and ${w}.last_start > ${NOW} then ${position(w)} end)`;
