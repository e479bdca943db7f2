import { clientsSeenBy } from '../../domain/clients/client-policy.js';
import { operationsByIds } from '../../sql/operations/read-operations.js';
import { usageOfClients, usageOfDocuments } from '../../sql/operations/read-usage.js';
import { defineLoader } from '../loader.js';

/** For administrators, owners of the client and the client itself; there are none for others. */
export const operationById = defineLoader(async (ctx, ids) =>
  ctx.viewer ? operationsByIds(ctx.db, ids, clientsSeenBy(ctx.viewer)) : new Map(),
);

/** How often a client has run a document: by `clientId sha256:…`. */
export const useOfDocument = defineLoader(async (ctx, keys) => {
  const named = keys.map((key) => key.split(' ') as [string, string]);
  const rows = await usageOfDocuments(
    ctx.db,
    [...new Set(named.map(([client]) => client))],
    [...new Set(named.map(([, document]) => document))],
  );
  return new Map(rows.map((row) => [`${row.clientId} ${row.document}`, row]));
});

/** What a client that the viewer sees has run. */
export const usesByClient = defineLoader((ctx, ids) => usageOfClients(ctx.db, ids));
