import { fromSource, sourceJson } from '../../sql/audit/source.js';
import { type Queryable, statement } from '../../sql/statement.js';
import type { Ctx } from '../act.js';
import { newId } from '../ids.js';
import { sourceOf } from './source.js';

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

/** An entry among others of one act. */
export interface ActEntry extends Omit<AuditEntry, 'actorId'> {
  readonly id?: string;
  /** The act, where it can be undone: the id of its first entry. */
  readonly actId?: string;
  /** The act that this takes back. */
  readonly undoes?: string;
}

const INSERT_ALL = statement<never>(
  'audit-record-all',
  `insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, source, act_id, undoes)
   select g.id, coalesce($5::timestamptz, $1::timestamptz, statement_timestamp()), $2, g.action, g."subjectId",
     g.before, g.after, ${fromSource('$3')}, g."actId", g.undoes
   from jsonb_to_recordset($4::jsonb) as g (id uuid, action text, "subjectId" uuid, before jsonb, after jsonb,
     "actId" uuid, undoes uuid)`,
);

const INSERT = statement<never>(
  'audit-record',
  `insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, source)
   values ($2, coalesce($1::timestamptz, statement_timestamp()), $3, $4, $5, $6, $7, ${fromSource('$8')})`,
);

/** Who does it, when and from where: an act's context is one. */
export type Recorder = Pick<Ctx, 'clock' | 'requestId' | 'address' | 'userAgent' | 'viewer'>;

/** Writes the entry in the transaction of the change itself. */
export async function recordAudit(tx: Queryable, ctx: Recorder, entry: AuditEntry): Promise<void> {
  await tx.query(INSERT, [
    ctx.clock.fixed(),
    newId(),
    entry.actorId ?? ctx.viewer?.userId ?? null,
    entry.action,
    entry.subjectId,
    entry.before ? JSON.stringify(entry.before) : null,
    entry.after ? JSON.stringify(entry.after) : null,
    sourceJson(sourceOf(ctx)),
  ]);
}

/**
 * The same for several entries of the viewer, in one statement.
 * @param at the instant of the change, where that has been told already
 */
export async function recordAudits(
  tx: Queryable,
  ctx: Ctx,
  entries: readonly ActEntry[],
  at: string | null = null,
): Promise<void> {
  const rows = entries.map((entry) => ({ ...entry, id: entry.id ?? newId() }));
  await tx.query(INSERT_ALL, [
    ctx.clock.fixed(),
    ctx.viewer?.userId ?? null,
    sourceJson(sourceOf(ctx)),
    JSON.stringify(rows),
    at,
  ]);
}
