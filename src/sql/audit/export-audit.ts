import { type Queryable, statement } from '../statement.js';
import { type AuditRow, auditColumns } from './audit-row.js';
import type { AuditFilter } from './read-audit.js';

/** A sealed entry with the hash of its link, in hexadecimal, and the name that its actor has by now. */
export interface ExportedAudit extends AuditRow {
  readonly number: number;
  readonly hash: string;
  readonly actorName: string | null;
}

/** A stretch of links, whatever the filter leaves of it: so each page costs the same. */
const STRETCH = statement<ExportedAudit>(
  'audit-export',
  `select e.*, encode(l.hash, 'hex') as hash, u.name as "actorName"
   from audit_link l join audit a on a.id = l.audit_id left join app_user u on u.id = a.actor_id
   cross join lateral (select ${auditColumns('a')}) e
   where l.number > $1 and l.number <= $2 and not l.redacts
     and ($3::text is null or a.action = $3 or starts_with(a.action, $3 || '.'))
     and ($4::uuid is null or a.actor_id = $4) and ($5::uuid is null or a.subject_id = $5)
     and ($6::timestamptz is null or a.at >= $6) and ($7::timestamptz is null or a.at < $7)
   order by l.number`,
);

/** Which of the sealed entries are wanted. */
export type ExportFilter = Pick<AuditFilter, 'actorId' | 'subjectId' | 'action' | 'from' | 'until'>;

/** The entries of the links behind `after` up to `upTo` that the filter wants, in the order of the chain. */
export const exportStretch = (
  on: Queryable,
  after: number,
  upTo: number,
  filter: ExportFilter,
): Promise<ExportedAudit[]> =>
  on.query(STRETCH, [
    after,
    upTo,
    filter.action,
    filter.actorId,
    filter.subjectId,
    filter.from?.toISOString() ?? null,
    filter.until?.toISOString() ?? null,
  ]);
