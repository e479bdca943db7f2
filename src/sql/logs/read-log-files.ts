import { type Queryable, statement } from '../statement.js';

/** A file of the log: bare uuids, instants as JSON text in UTC. */
export interface LogFileRow {
  readonly node: 'LogFile';
  readonly id: string;
  readonly program: string;
  readonly machine: string;
  readonly number: number;
  readonly fromAt: string;
  readonly untilAt: string;
  readonly lines: number;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

const ROW = `json_build_object(
  'node', 'LogFile', 'id', l.id, 'program', l.program, 'machine', l.machine, 'number', l.number,
  'fromAt', l.from_at, 'untilAt', l.until_at, 'lines', l.lines, 'bytes', l.bytes,
  'sha256', encode(l.sha256, 'hex')) as row`;

const BY_IDS = statement<{ row: LogFileRow }>(
  'log-files-by-ids',
  `select ${ROW} from log_file l where l.id = any ($1::uuid[])`,
);

/** The files by id; those that do not exist are missing from the map. */
export const logFilesByIds = async (
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, LogFileRow>> =>
  new Map((await on.query(BY_IDS, [ids])).map(({ row }) => [row.id, row]));

/** Which files; null: whatever it is. */
export interface LogFileFilter {
  readonly program: string | null;
  readonly machine: string | null;
  /** Only with lines from this instant on, and before that one. */
  readonly from: Date | null;
  readonly until: Date | null;
}

const PAGE = statement<{ row: LogFileRow }>(
  'log-files-page',
  `select ${ROW} from log_file l
   where ($1::timestamptz is null or (l.until_at, l.id) < ($1, $2::uuid))
     and ($3::text is null or l.program = $3) and ($4::text is null or l.machine = $4)
     and ($5::timestamptz is null or l.until_at >= $5) and ($6::timestamptz is null or l.from_at < $6)
   order by l.until_at desc, l.id desc limit $7`,
);

/**
 * Up to `limit` files, those with the latest lines first.
 * @param after the last row of the page before
 */
export async function logFilePage(
  on: Queryable,
  { program, machine, from, until }: LogFileFilter,
  after: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<LogFileRow[]> {
  const span = [from?.toISOString() ?? null, until?.toISOString() ?? null];
  const values = [after?.at ?? null, after?.id ?? null, program, machine, ...span, limit];
  return (await on.query(PAGE, values)).map(({ row }) => row);
}
