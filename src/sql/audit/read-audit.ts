import { composedStatement } from '../composed-statement.js';
import { type Queryable, statement } from '../statement.js';
import { type AuditRow, auditColumns } from './audit-row.js';

/** Which entries; what is null does not matter. */
export interface AuditFilter {
  readonly actorId: string | null;
  readonly subjectId: string | null;
  /** `reservation.cancel`, or `reservation` for everything of that room. */
  readonly action: string | null;
  /** From this instant on, and before that one. */
  readonly from: Date | null;
  readonly until: Date | null;
  readonly requestId: string | null;
  /** Only what this person has done, or what was done to their account. */
  readonly concerns: string | null;
}

/** Where a page goes on: behind this entry. */
export interface AfterEntry {
  readonly at: string;
  readonly id: string;
}

/** So frequent that its index is the time; see the migration. */
const FREQUENT = 'reservation';

function conditions(filter: AuditFilter, after: AfterEntry | null, values: unknown[], behind: '<' | '>') {
  const all: string[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const { action } = filter;
  if (filter.actorId) all.push(`a.actor_id = ${parameter(filter.actorId)}::uuid`);
  if (filter.subjectId) all.push(`a.subject_id = ${parameter(filter.subjectId)}::uuid`);
  if (action?.includes('.')) {
    all.push(`a.action collate "C" = ${parameter(action)}`);
    if (action !== 'reservation.create') all.push(`a.action <> 'reservation.create'`);
  } else if (action === FREQUENT) all.push(`starts_with(a.action, ${parameter(`${action}.`)})`);
  else if (action) {
    // '/' is the character behind '.'
    const [from, until] = [parameter(`${action}.`), parameter(`${action}/`)];
    all.push(`a.action collate "C" >= ${from} and a.action collate "C" < ${until}`);
    all.push(`a.action <> 'reservation.create'`);
  }
  if (filter.from) all.push(`a.at >= ${parameter(filter.from.toISOString())}::timestamptz`);
  if (filter.until) all.push(`a.at < ${parameter(filter.until.toISOString())}::timestamptz`);
  if (filter.requestId) all.push(`a.request_id = ${parameter(filter.requestId)}`);
  if (filter.concerns) {
    const person = parameter(filter.concerns);
    all.push(`(a.actor_id = ${person}::uuid or a.subject_id = ${person}::uuid)`);
  }
  if (after)
    all.push(`(a.at, a.id) ${behind} (${parameter(after.at)}::timestamptz, ${parameter(after.id)}::uuid)`);
  return all.length > 0 ? all.join(' and ') : 'true';
}

/**
 * Up to `limit` entries in the order of their time, the newest first unless said otherwise. Composed of what the
 * filter names, so that each has a plan of its own: by person, subject, rare action or time.
 */
export async function readAuditPage(
  on: Queryable,
  filter: AuditFilter,
  after: AfterEntry | null,
  limit: number,
  order: 'asc' | 'desc' = 'desc',
): Promise<AuditRow[]> {
  const values: unknown[] = [limit];
  const where = conditions(filter, after, values, order === 'asc' ? '>' : '<');
  const text = `select ${auditColumns('a')} from audit a where ${where} order by a.at ${order}, a.id ${order} limit $1`;
  return on.query(composedStatement<AuditRow>('audit-page', text), values);
}

const BY_IDS = statement<AuditRow>(
  'audit-by-ids',
  `select ${auditColumns('a')} from audit a where a.id = any ($1::uuid[])`,
);

/** The entries by id; those that do not exist are missing from the map. */
export async function auditByIds(on: Queryable, ids: readonly string[]): Promise<Map<string, AuditRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}
