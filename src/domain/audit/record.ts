import { type Queryable, statement } from '../../sql/statement.js';
import type { Ctx } from '../act.js';
import { newId } from '../ids.js';

/** What one change did to one object. Never secrets: `before` and `after` are shown to auditors as they are. */
export interface AuditEntry {
  /** Room and verb: `resource.update`. */
  readonly action: string;
  readonly subjectId: string | null;
  readonly before?: object | null;
  readonly after?: object | null;
  /** Who did it, where that is not the viewer: at sign-in nobody is one yet. */
  readonly actorId?: string | null;
}

const INSERT = statement<never>(
  'audit-record',
  `insert into audit (id, at, actor_id, action, subject_id, before, after, request_id)
   values ($2, coalesce($1::timestamptz, statement_timestamp()), $3, $4, $5, $6, $7, $8)`,
);

/** Writes the entry in the transaction of the change itself. */
export async function recordAudit(tx: Queryable, ctx: Ctx, entry: AuditEntry): Promise<void> {
  await tx.query(INSERT, [
    ctx.clock.fixed(),
    newId(),
    entry.actorId ?? ctx.viewer?.userId ?? null,
    entry.action,
    entry.subjectId,
    entry.before ? JSON.stringify(entry.before) : null,
    entry.after ? JSON.stringify(entry.after) : null,
    ctx.requestId,
  ]);
}

const INSERT_MANY = statement<never>(
  'audit-record-many',
  `insert into audit (id, at, actor_id, action, subject_id, before, after, request_id)
   select e.id, coalesce($1::timestamptz, statement_timestamp()), $2, e.action, e.subject, e.before, e.after, $3
   from unnest($4::uuid[], $5::text[], $6::uuid[], $7::jsonb[], $8::jsonb[]) as e (id, action, subject, before, after)`,
);

/** Writes many entries of the viewer's in one statement, in the transaction of the changes. */
export async function recordAudits(
  tx: Queryable,
  ctx: Ctx,
  entries: readonly Omit<AuditEntry, 'actorId'>[],
): Promise<void> {
  const printed = (value: object | null | undefined) => (value ? JSON.stringify(value) : null);
  await tx.query(INSERT_MANY, [
    ctx.clock.fixed(),
    ctx.viewer?.userId ?? null,
    ctx.requestId,
    entries.map(() => newId()),
    entries.map(({ action }) => action),
    entries.map(({ subjectId }) => subjectId),
    entries.map(({ before }) => printed(before)),
    entries.map(({ after }) => printed(after)),
  ]);
}
