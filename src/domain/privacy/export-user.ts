import { exportSections } from '../../sql/privacy/export-user.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound } from '../failure.js';

const AT_ONCE = 200;

/**
 * Everything that is kept about a person as one JSON object, in pieces as they are read: so many things in memory,
 * however many there are. For the person alone and for administrators; that it was taken is in the audit.
 * @throws Unavailable, out of the pieces too, when the database is away: the object then has no end
 */
export async function exportUser(ctx: ViewerCtx, id: string): Promise<AsyncGenerator<string> | NotFound> {
  const { viewer, db } = ctx;
  const [user] = viewer.userId === id || viewer.role === 'ADMINISTRATOR' ? await usersByIds(db, [id]) : [];
  if (!user) return notFound(['id'], 'user');
  await recordAudit(db, ctx, { action: 'user.export', subjectId: id });
  return pieces(ctx, id);
}

async function* pieces(ctx: ViewerCtx, id: string): AsyncGenerator<string> {
  yield `{"exported_at":${JSON.stringify(ctx.clock.now())}`;
  for (const [name, pages] of exportSections(ctx.db, id, AT_ONCE)) {
    yield `,\n${JSON.stringify(name)}:[`;
    let between = '\n';
    for await (const page of pages) {
      yield between + page.map((row) => JSON.stringify(row)).join(',\n');
      between = ',\n';
    }
    yield ']';
  }
  yield '}\n';
}
