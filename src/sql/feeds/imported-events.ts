import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** For whom, and for which resource, a calendar is imported. */
export interface ImportScope {
  readonly ownerId: string;
  readonly resourceId: string;
}

const KNOWN = statement<{ uid: string; row: ReservationRow }>(
  'imported-events',
  `select e.uid, ${reservationJson('v', NOW)} as row
   from imported_event e join reservation v on v.id = e.reservation_id
   where e.owner_id = $2 and e.resource_id = $3 and e.uid = any ($4::text[])`,
);

/** What events with these names have become in earlier imports; those that are new are missing from the map. */
export async function importedEvents(
  on: Queryable,
  now: string | null,
  { ownerId, resourceId }: ImportScope,
  uids: readonly string[],
): Promise<Map<string, ReservationRow>> {
  const rows = await on.query(KNOWN, [now, ownerId, resourceId, uids]);
  return new Map(rows.map(({ uid, row }) => [uid, row]));
}

const KEEP = statement<{ uid: string }>(
  'imported-events-keep',
  `insert into imported_event (owner_id, resource_id, uid, reservation_id)
   select $1, $2, e.uid, e.id from unnest($3::text[], $4::uuid[]) as e (uid, id)
   on conflict do nothing returning uid`,
);

/** Remembers what became of new events; false where another import has remembered one of them before: roll back then. */
export async function keepImportedEvents(
  tx: Queryable,
  { ownerId, resourceId }: ImportScope,
  made: readonly { readonly uid: string; readonly reservationId: string }[],
): Promise<boolean> {
  const uids = made.map(({ uid }) => uid);
  const ids = made.map(({ reservationId }) => reservationId);
  return (await tx.query(KEEP, [ownerId, resourceId, uids, ids])).length === made.length;
}

const FORGET = statement<never>(
  'imported-events-forget',
  'delete from imported_event where reservation_id = any ($1::uuid[])',
);

/** Lets another import make anew what these reservations were made of. */
export async function forgetImported(tx: Queryable, reservationIds: readonly string[]): Promise<void> {
  await tx.query(FORGET, [reservationIds]);
}

const QUIET = statement<never>('import-tells-nobody', `select set_config('holdfast.imports', 'on', true)`);

/** Until the transaction ends, owner and creator are not told: who imports for themselves has the calendar already. */
export async function tellNobody(tx: Queryable): Promise<void> {
  await tx.query(QUIET, []);
}
