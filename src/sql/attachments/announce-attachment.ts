import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** How much there is, what is announced and not yet uploaded included. */
export interface AttachmentUse {
  /** Of the reservation. */
  readonly count: number;
  readonly bytes: number;
  /** Of the person, on all reservations. */
  readonly bytesOfPerson: number;
}

/** Two announcements of one person are counted one after the other. */
const LOCK = statement<never>(
  'lock-attachments-of-person',
  `select pg_advisory_xact_lock(hashtextextended('attachments ' || $1::uuid, 0))`,
);

const USE = statement<AttachmentUse>(
  'attachment-use',
  `select count(*) filter (where reservation_id = $2)::integer as count,
     coalesce(sum(size) filter (where reservation_id = $2), 0)::float8 as bytes,
     coalesce(sum(size) filter (where uploader_id = $3), 0)::float8 as "bytesOfPerson"
   from attachment
   where (reservation_id = $2::uuid or uploader_id = $3::uuid) and (file_key is not null or upload_until > ${NOW})`,
);

/** Counts behind a lock that lasts until commit. The caller has locked the reservation. */
export async function attachmentUse(
  tx: Queryable,
  now: string | null,
  reservationId: string,
  personId: string,
): Promise<AttachmentUse> {
  await tx.query(LOCK, [personId]);
  const [use] = await tx.query(USE, [now, reservationId, personId]);
  return use as AttachmentUse;
}

/** A file that somebody is about to upload. */
export interface AnnouncedFile {
  readonly id: string;
  readonly reservationId: string;
  readonly uploaderId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly uploadHash: Buffer;
  readonly forMs: number;
}

const ANNOUNCE = statement<{ until: string }>(
  'announce-attachment',
  `insert into attachment (id, reservation_id, uploader_id, name, type, size, upload_hash, upload_until, created_at)
   select $2::uuid, $3::uuid, $4::uuid, $5, $6, $7, $8, clock.at + $9 * interval '1 ms', clock.at
   from date_trunc('milliseconds', ${NOW}) as clock (at)
   returning to_json(upload_until) #>> '{}' as until`,
);

/** Writes the announcement down; returns until when the file is waited for. */
export async function announceAttachment(
  tx: Queryable,
  now: string | null,
  { id, reservationId, uploaderId, name, type, size, uploadHash, forMs }: AnnouncedFile,
): Promise<string> {
  const values = [now, id, reservationId, uploaderId, name, type, size, uploadHash, forMs];
  return ((await tx.query(ANNOUNCE, values))[0] as { until: string }).until;
}
