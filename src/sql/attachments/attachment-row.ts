import { type Queryable, statement } from '../statement.js';

/** A file of a reservation that is there: bare uuids, instants as JSON text in UTC. */
export interface AttachmentRow {
  readonly node: 'Attachment';
  readonly id: string;
  readonly reservationId: string;
  readonly uploaderId: string;
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
  readonly fileKey: string;
  readonly createdAt: string;
}

/** SQL that prints the row with alias `a` as an AttachmentRow. */
export const attachmentJson = (a: string): string => `json_build_object(
  'node', 'Attachment', 'id', ${a}.id, 'reservationId', ${a}.reservation_id, 'uploaderId', ${a}.uploader_id,
  'name', ${a}.name, 'type', ${a}.type, 'size', ${a}.size, 'sha256', encode(${a}.sha256, 'hex'),
  'fileKey', ${a}.file_key, 'createdAt', ${a}.created_at)`;

const BY_IDS = statement<{ row: AttachmentRow }>(
  'attachments-by-ids',
  `select ${attachmentJson('a')} as row from attachment a where a.id = any ($1::uuid[]) and a.file_key is not null`,
);

/** The attachments by id; those that do not exist, or are not uploaded, are missing from the map. */
export const attachmentsByIds = async (
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, AttachmentRow>> =>
  new Map((await on.query(BY_IDS, [ids])).map(({ row }) => [row.id, row]));

const BY_RESERVATIONS = statement<{ reservationId: string; rows: AttachmentRow[] }>(
  'attachments-by-reservations',
  `select a.reservation_id as "reservationId", json_agg(${attachmentJson('a')} order by a.id) as rows
   from attachment a where a.reservation_id = any ($1::uuid[]) and a.file_key is not null group by a.reservation_id`,
);

/** By reservation its files from the first on; one without any is missing from the map. */
export const attachmentsByReservations = async (
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, readonly AttachmentRow[]>> =>
  new Map((await on.query(BY_RESERVATIONS, [ids])).map(({ reservationId, rows }) => [reservationId, rows]));
