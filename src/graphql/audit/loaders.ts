import type { AuditRow } from '../../sql/audit/audit-row.js';
import { auditByIds } from '../../sql/audit/read-audit.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';

const entryById = defineLoader((ctx, ids) => auditByIds(ctx.db, ids));

/** Administrators see every entry by its id, others what they have done and what was done to their account. */
export async function readableEntry(ctx: GraphQLContext, id: string): Promise<AuditRow | null> {
  const entry = await entryById(ctx).load(id);
  const { viewer } = ctx;
  if (!entry || !viewer) return null;
  const isOwn = entry.actorId === viewer.userId || entry.subjectId === viewer.userId;
  return isOwn || viewer.role === 'ADMINISTRATOR' ? entry : null;
}
