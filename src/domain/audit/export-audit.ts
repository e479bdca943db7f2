import { type ExportFilter, exportStretch } from '../../sql/audit/export-audit.js';
import { readChain } from '../../sql/audit/read-chain.js';
import type { ViewerCtx } from '../act.js';
import { type AuditFormat, auditHead, auditLine } from './audit-lines.js';
import { recordAudit } from './record.js';

/** What to export, and how. */
export interface ExportAudit extends ExportFilter {
  readonly format: AuditFormat;
  /** Only links behind this number: the last one of an export before. */
  readonly after: number;
}

/** Links read at a time; that many lines at most are in memory. */
const AT_ONCE = 250;

/**
 * The sealed entries in the order of the chain, in pieces of whole lines as they are read, up to where the chain ends
 * now. What is not sealed yet comes with the next export, behind the last number of this one. For administrators; that
 * it was taken is in the audit.
 * @throws Unavailable, out of the pieces too, when the database is away
 */
export async function exportAudit(
  ctx: ViewerCtx,
  { format, after, ...filter }: ExportAudit,
): Promise<AsyncGenerator<string>> {
  const { number, baseNumber } = await readChain(ctx.db);
  const from = Math.max(after, baseNumber);
  await recordAudit(ctx.db, ctx, {
    action: 'audit.export',
    subjectId: null,
    after: { ...filter, links: { behind: from, upTo: number } },
  });
  return pieces();

  async function* pieces() {
    yield auditHead(format);
    for (let at = from; at < number; at += AT_ONCE) {
      const stretch = await exportStretch(ctx.db, at, Math.min(at + AT_ONCE, number), filter);
      if (stretch.length > 0) yield stretch.map((entry) => auditLine(format, entry)).join('');
    }
  }
}
