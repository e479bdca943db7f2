import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { claimedBy, type Freed, formerState } from './cancel-met.js';

/** A claim of a reservation that a closing has cancelled: what it would occupy again, in ms since 1970. */
export interface FormerClaim {
  readonly resourceId: string;
  readonly resourceName: string;
  readonly timeZone: string;
  /** Asked for; not a part of a whole that was. */
  readonly own: boolean;
  readonly pooled: boolean;
  readonly quantity: number;
  readonly from: number;
  readonly to: number;
}

/** A reservation that a closing has cancelled, with all its claims but the shades. */
export interface Former {
  readonly row: ReservationRow;
  /** Of the closure that it met; null where that is gone. */
  readonly closureTitle: string | null;
  /** A hold from the waitlist, whose wish has gone back to wait. */
  readonly isOffer: boolean;
  readonly claims: readonly FormerClaim[];
}

const FORMER = statement<Former>(
  'closing-cancelled',
  `select ${reservationJson('v', NOW)} as row, (select title from closure where id = v.closure_id) as "closureTitle",
   ${formerState('v')} = 'HELD' and exists (
     select from audit a where a.subject_id = v.id and a.action = 'reservation.offer') as "isOffer", (
     select json_agg(json_build_object('resourceId', c.resource_id, 'resourceName', r.name,
       'timeZone', r.time_zone, 'own', c.kind = 'OWN', 'pooled', c.pooled, 'quantity', c.quantity, 'from', (extract(epoch from lower(c.occupied)) * 1000)::bigint,
       'to', (extract(epoch from upper(c.occupied)) * 1000)::bigint) order by c.resource_id)
     from claim c join resource r on r.id = c.resource_id
     where c.reservation_id = v.id and c.kind <> 'SHADE') as claims
   from reservation v where v.closing_id = $2 and v.state = 'CANCELLED' order by v.id`,
);

/** What the closing has cancelled, in the order in which it was reserved. */
export const cancelledBy = (on: Queryable, now: string | null, closingId: string): Promise<Former[]> =>
  on.query(FORMER, [now, closingId]);

const LOCK_POOLS = statement<never>(
  'lock-pools',
  `select from stream s join resource r on r.id = s.resource_id
   where r.pooled and r.id = any ($1::uuid[]) order by s.resource_id for update of s`,
);

/** Lets nobody else take from these pools until the transaction ends: what is counted then holds. */
export async function lockPools(tx: Queryable, resourceIds: readonly string[]): Promise<void> {
  await tx.query(LOCK_POOLS, [resourceIds]);
}

const HAND_ON = statement<never>(
  'closing-hands-on',
  `update reservation v set closing_id = c.closing_id, closure_id = c.id
   from unnest($1::uuid[], $2::uuid[]) as held (id, closure_id) join closure c on c.id = held.closure_id
   where v.id = held.id and v.state = 'CANCELLED' and c.closing_id is not null`,
);

/** Reservations that stay cancelled for a later closure alone belong to its closing: undoing that brings them back. */
export async function handOn(
  tx: Queryable,
  held: readonly { readonly reservationId: string; readonly closureId: string }[],
): Promise<void> {
  if (held.length === 0) return;
  await tx.query(HAND_ON, [
    held.map(({ reservationId }) => reservationId),
    held.map(({ closureId }) => closureId),
  ]);
}

/** One reservation that comes back. */
export interface Restoring {
  readonly id: string;
  readonly auditId: string;
  /** Of the closure that it met; null where that was gone before. */
  readonly closureTitle: string | null;
}

/**
 * An update, which the constraint may refuse as a whole, rather than claims placed anew: whoever undoes has looked
 * before, so that it refuses only where somebody takes a place at this very instant. Closings are undone one
 * after the other (lockRules), so no two of these wait for each other.
 */
const RESTORE = statement<Freed>(
  'closure-restores',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), wish as materialized (
    select * from unnest($2::uuid[], $3::uuid[], $4::text[]) as w (id, audit_id, closure_title)
  ), restored as (
    update reservation r set state = ${formerState('r')},
      closure_id = null, closing_id = null, version = r.version + 1, updated_at = clock.now,
      -- what its series has become meanwhile is not what it was made as
      detached = r.detached or exists (select from series s where s.id = r.series_id and s.updated_at > r.updated_at)
    from wish w, clock where r.id = w.id and r.state = 'CANCELLED'
    returning r.*
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, source)
    select w.audit_id, clock.now, $5::uuid, 'reservation.restore', r.id,
      jsonb_build_object('state', 'CANCELLED', 'version', r.version - 1, 'closureTitle', w.closure_title),
      jsonb_build_object('state', r.state, 'version', r.version), ${fromSource('$6')}
    from restored r join wish w on w.id = r.id, clock
  )
  select ${reservationJson('r', NOW)} as row, ${claimedBy('r')} as "resourceIds" from restored r order by r.id`,
);

/**
 * Makes them what they were before the closure, in one statement.
 * @throws DatabaseError with an exclusion violation, or at commit with HF001, where a place has been taken meanwhile
 */
export const restore = (
  tx: Queryable,
  now: string | null,
  actorId: string,
  source: Source,
  restorings: readonly Restoring[],
): Promise<Freed[]> =>
  tx.query(RESTORE, [
    now,
    restorings.map(({ id }) => id),
    restorings.map(({ auditId }) => auditId),
    restorings.map(({ closureTitle }) => closureTitle),
    actorId,
    sourceJson(source),
  ]);
