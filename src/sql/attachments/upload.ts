import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type AttachmentRow, attachmentJson } from './attachment-row.js';

/** What a token of an upload stands for. */
export interface AwaitedFile {
  readonly id: string;
  readonly reservationId: string;
  readonly uploaderId: string;
  readonly type: string;
  readonly size: number;
}

const AWAITED = `a.upload_hash = $2 and a.upload_until > ${NOW}`;

const FIND = statement<AwaitedFile>(
  'awaited-file',
  `select a.id, a.reservation_id as "reservationId", a.uploader_id as "uploaderId", a.type, a.size
   from attachment a join app_user u on u.id = a.uploader_id and u.active where ${AWAITED}`,
);

/** What is waited for under the token; null where nothing is, or not any more. */
export const awaitedFile = async (
  on: Queryable,
  now: string | null,
  uploadHash: Buffer,
): Promise<AwaitedFile | null> => (await on.query(FIND, [now, uploadHash]))[0] ?? null;

const EXPECT = statement<never>(
  'expect-stray-file',
  `insert into stray_file (key, due_at) values ($2::uuid, ${NOW} + $3 * interval '1 ms')`,
);

/** Remembers, before a file is stored under the key, that it is to be removed unless something names it by then. */
export async function expectFile(
  on: Queryable,
  now: string | null,
  key: string,
  forMs: number,
): Promise<void> {
  await on.query(EXPECT, [now, key, forMs]);
}

const NAME = statement<{ row: AttachmentRow }>(
  'name-file',
  `with adopted as (
    delete from stray_file where key = $3::uuid returning key
  ), named as (
    update attachment a set file_key = adopted.key, sha256 = $4, upload_hash = null, upload_until = null
    from adopted where ${AWAITED} returning a.*
  )
  select ${attachmentJson('named')} as row from named`,
);

/**
 * Makes the stored file that of the attachment which waits under the token; null, and the transaction is to be rolled
 * back, where another upload was faster, it is too late, or the file has been taken for stray already.
 */
export const nameFile = async (
  tx: Queryable,
  now: string | null,
  uploadHash: Buffer,
  key: string,
  sha256: Buffer,
): Promise<AttachmentRow | null> => (await tx.query(NAME, [now, uploadHash, key, sha256]))[0]?.row ?? null;
