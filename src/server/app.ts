import Fastify, { type FastifyInstance } from 'fastify';
import { addCalendars } from './calendars.js';
import { addCors } from './cors.js';
import { addExports } from './exports.js';
import { addFailures } from './failures.js';
import { addFiles } from './files.js';
import { type ApolloParts, createApollo } from './graphql/apollo.js';
import type { FastLaneParts } from './graphql/fast-lane.js';
import type { Operations } from './graphql/operations.js';
import { addGraphqlRoutes } from './graphql/routes.js';
import { addHealthRoutes } from './health.js';
import { addInvitations } from './invitations.js';
import { addRequestLimits } from './limits/requests.js';
import { addTokenEndpoint } from './oauth.js';
import { addDoors } from './pages/doors.js';
import { addPageHeaders } from './pages/page-headers.js';
import { addPlayground } from './pages/playground.js';
import { addSignpost } from './pages/signpost.js';
import type { ServerLimits, ServerParts } from './parts.js';
import { addProviderRoutes } from './provider/provider-routes.js';
import { requestIdOf } from './request-id.js';
import { addRest } from './rest/routes.js';

export interface AppParts extends FastLaneParts, ApolloParts {
  readonly operations: Operations;
  readonly limits: ServerLimits;
  readonly draining: () => boolean;
}

/** Longest time for a request to arrive, and for an idle connection to stay, in ms. */
const REQUEST_MS = 30_000;
const IDLE_MS = 72_000;

/** The HTTP side, not yet listening. Closing the app stops Apollo too. */
export async function createApp(parts: ServerParts, inner: AppParts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: inner.limits.bodyBytes,
    genReqId: ({ headers }) => requestIdOf(headers),
    trustProxy: parts.trustedProxies ? [...parts.trustedProxies] : false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
  });
  app.addHook('onRequest', async (request, reply) => {
    // what may be kept says so itself; nothing else is kept, refusals neither
    reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
    if (inner.draining()) reply.header('connection', 'close');
  });
  addCors(app, parts.allowedOrigins);
  addFailures(app, parts.log);
  addRequestLimits(app, inner.shared.meter);
  await addPageHeaders(app);

  const apollo = createApollo(inner, parts);
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  addGraphqlRoutes(app, apollo, inner);
  addHealthRoutes(app, { db: parts.db, bus: parts.bus, log: parts.log, draining: inner.draining });
  addCalendars(app, parts);
  addProviderRoutes(app, parts);
  if (parts.links) await addDoors(app, { ...parts, links: parts.links });
  addExports(app, parts);
  await addInvitations(app, parts);
  await addFiles(app, parts);
  await addTokenEndpoint(app, inner.shared);
  await addRest(app, inner, parts.publicUrl ?? null);
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=60').header('x-content-type-options', 'nosniff');
    return parts.identity.keys.jwks();
  });
  addSignpost(app, { playground: parts.playground !== null });
  if (parts.playground !== null) await addPlayground(app, parts.playground);
  await app.ready();
  return app;
}
