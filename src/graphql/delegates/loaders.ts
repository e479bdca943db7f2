import { delegatesByIds } from '../../sql/people/delegates.js';
import { defineLoader } from '../loader.js';

const delegateById = defineLoader((ctx, ids) => delegatesByIds(ctx.db, ctx.clock.fixed(), ids));

/** By id, for both whom it concerns and for administrators; null for others. */
export const readableDelegate = defineLoader(async (ctx, ids) => {
  const found = await Promise.all(ids.map((id) => delegateById(ctx).load(id)));
  const { userId, role } = ctx.viewer ?? {};
  const shown = found.flatMap((each) =>
    each && (role === 'ADMINISTRATOR' || userId === each.userId || userId === each.delegateId) ? each : [],
  );
  return new Map(shown.map((each) => [each.id, each]));
});
