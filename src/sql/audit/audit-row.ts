/** One entry of the audit. Instants as PostgreSQL prints them. */
export interface AuditRow {
  readonly node: 'AuditEntry';
  readonly id: string;
  readonly at: string;
  /** Null: nobody, or a program of our own. */
  readonly actorId: string | null;
  /** Room and verb: `resource.update`. */
  readonly action: string;
  readonly subjectId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly requestId: string | null;
  readonly source: {
    readonly address?: string;
    readonly userAgent?: string;
    readonly sessionId?: string;
    readonly role?: string;
  } | null;
  /** Its link in the chain; null while it waits to be sealed. */
  readonly number: number | null;
}

/** SQL: the columns of an AuditRow from the entry with alias `a`. */
export const auditColumns = (
  a: string,
): string => `'AuditEntry' as node, ${a}.id, ${a}.at, ${a}.actor_id as "actorId",
  ${a}.action, ${a}.subject_id as "subjectId", ${a}.before, ${a}.after, ${a}.request_id as "requestId", ${a}.source,
  (select l.number::float8 from audit_link l where l.audit_id = ${a}.id and not l.redacts) as number`;
