import { clientsSeenBy } from '../../domain/clients/client-policy.js';
import { clientsByIds, secretsByIds, secretsOf } from '../../sql/clients/read-clients.js';
import { defineLoader } from '../loader.js';

/** For administrators, owners and the client itself; there are none for others. */
export const clientById = defineLoader(async (ctx, ids) =>
  ctx.viewer ? clientsByIds(ctx.db, ids, clientsSeenBy(ctx.viewer)) : new Map(),
);

/** The same for secrets. */
export const secretById = defineLoader(async (ctx, ids) =>
  ctx.viewer ? secretsByIds(ctx.db, ids, clientsSeenBy(ctx.viewer)) : new Map(),
);

/** The secrets of clients that the viewer sees. */
export const secretsByClient = defineLoader((ctx, ids) => secretsOf(ctx.db, ids));
