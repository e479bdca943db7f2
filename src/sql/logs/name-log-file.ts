import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A file of the log that is in the store under its id. */
export interface NewLogFile {
  readonly id: string;
  readonly program: string;
  readonly machine: string;
  readonly number: number;
  /** Of its earliest and its latest line; null where none tells its time: now. */
  readonly from: string | null;
  readonly until: string | null;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** The row of the stray file is locked first, so that it is named or swept, and not both. */
const NAME = statement<{ named: boolean }>(
  'name-log-file',
  `with stray as (
    select key from stray_file where key = $2::uuid for update
  ), named as (
    insert into log_file (id, program, machine, number, from_at, until_at, lines, bytes, sha256)
    select key, $3, $4, $5, coalesce($6::timestamptz, ${NOW}), coalesce($7::timestamptz, ${NOW}), $8, $9, $10
    from stray on conflict on constraint log_file_once do nothing returning id
  ), adopted as (
    delete from stray_file s using named n where s.key = n.id
  )
  select true as named from named
  union all
  select false from log_file
  where program = $3 and machine = $4 and number = $5 and sha256 = $10 and not exists (select from named)`,
);

/**
 * Gives the file a row; false where the same one has a row already, and the file stays stray.
 * @throws Error where the file has been taken for stray meanwhile
 */
export async function nameLogFile(on: Queryable, now: string | null, file: NewLogFile): Promise<boolean> {
  const { id, program, machine, number, from, until, lines, bytes, sha256 } = file;
  const values = [now, id, program, machine, number, from, until, lines, bytes, sha256];
  const [row] = await on.query(NAME, values);
  if (!row) throw new Error('a file of the log took too long to be stored');
  return row.named;
}
