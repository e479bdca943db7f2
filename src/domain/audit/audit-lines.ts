import type { ExportedAudit } from '../../sql/audit/export-audit.js';
import { globalId } from '../ids.js';
import { subjectKind } from './subject-kind.js';

/** How an export is written. */
export type AuditFormat = 'csv' | 'jsonl';

const COLUMNS = [
  'number',
  'hash',
  'id',
  'done_at',
  'action',
  'actor',
  'actor_name',
  'subject',
  'before',
  'after',
  'role',
  'address',
  'user_agent',
  'session',
  'request',
] as const;

type Line = Readonly<Record<(typeof COLUMNS)[number], unknown>>;

/** One entry by the names of the columns; ids as the API shows them, bare where it shows none. */
function lineOf(entry: ExportedAudit): Line {
  const { subjectId, actorId, source } = entry;
  const kind = subjectKind(entry.action);
  return {
    number: entry.number,
    hash: entry.hash,
    id: globalId('AuditEntry', entry.id),
    done_at: new Date(entry.at).toISOString(),
    action: entry.action,
    actor: actorId && globalId('User', actorId),
    actor_name: entry.actorName,
    subject: subjectId && kind ? globalId(kind, subjectId) : subjectId,
    before: entry.before,
    after: entry.after,
    role: source?.role ?? null,
    address: source?.address ?? null,
    user_agent: source?.userAgent ?? null,
    session: source?.sessionId ?? null,
    request: entry.requestId,
  };
}

/**
 * A cell of RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection):
 * titles and names are typed by anybody.
 */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** What stands before the first line; nothing in JSON lines. */
export const auditHead = (format: AuditFormat): string =>
  format === 'csv' ? `${COLUMNS.join(',')}\r\n` : '';

/** One entry as one line. */
export function auditLine(format: AuditFormat, entry: ExportedAudit): string {
  const line = lineOf(entry);
  if (format === 'jsonl') return `${JSON.stringify(line)}\n`;
  return `${COLUMNS.map((column) => csvCell(line[column])).join(',')}\r\n`;
}
