import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const DUE = statement<{ key: string }>(
  'stray-files-due',
  `select key from stray_file where due_at <= ${NOW} order by due_at limit $2 for update skip locked`,
);
const FORGET = statement<never>('forget-stray-files', 'delete from stray_file where key = any ($1::uuid[])');

/** Up to `limit` files that nothing names, each for one caller until commit. */
export const strayFiles = async (tx: Queryable, now: string | null, limit: number): Promise<string[]> =>
  (await tx.query(DUE, [now, limit])).map(({ key }) => key);

/** Forgets files that are removed. */
export async function forgetStrayFiles(tx: Queryable, keys: readonly string[]): Promise<void> {
  await tx.query(FORGET, [keys]);
}

const HASTEN = statement<never>(
  'hasten-stray-file',
  `update stray_file set due_at = ${NOW} where key = $2::uuid`,
);

/** Lets the sweeper remove the file soon; nothing where something has named it. */
export async function hastenStrayFile(on: Queryable, now: string | null, key: string): Promise<void> {
  await on.query(HASTEN, [now, key]);
}

const GIVE_UP = statement<{ given: number }>(
  'give-uploads-up',
  `with late as (
    select id from attachment where file_key is null and upload_until <= ${NOW} limit $2 for update skip locked
  ), gone as (
    delete from attachment a using late where a.id = late.id returning 1
  )
  select count(*)::integer as given from gone`,
);

/** Removes up to `limit` announcements whose files have not come in time; returns how many. */
export const giveUploadsUp = async (on: Queryable, now: string | null, limit: number): Promise<number> =>
  (await on.query(GIVE_UP, [now, limit]))[0]?.given ?? 0;

const REMOVE = statement<{ id: string }>(
  'remove-attachment',
  'delete from attachment where id = $1::uuid returning id',
);

/** Removes an attachment, announced or there; its file goes with the stray ones. False where there was none. */
export const removeAttachmentRow = async (tx: Queryable, id: string): Promise<boolean> =>
  (await tx.query(REMOVE, [id])).length > 0;
