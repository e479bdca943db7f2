import type { FastifyInstance } from 'fastify';
import type { Meter } from './meter.js';
import { TooManyRequests } from './too-many-requests.js';

/** Routes whose requests are counted as operations, or that cost nothing and must answer whoever asks. */
const UNCOUNTED: ReadonlySet<string | undefined> = new Set([
  '/graphql',
  '/rest/*',
  '/rest/openapi.json',
  '/healthz',
  '/readyz',
  '/.well-known/jwks.json',
  '/',
  '/signpost.css',
  '/door.css',
  '/check-in.js',
  '/display.js',
  '/playground',
  '/playground/*',
]);

/** Counts by its address each request for anything else, for what there is not too. Must be added before the routes. */
export function addRequestLimits(app: FastifyInstance, meter: Meter): void {
  app.addHook('onRequest', async (request) => {
    if (UNCOUNTED.has(request.routeOptions.url)) return;
    const wait = meter.countRequest(request.ip);
    if (wait !== null) throw new TooManyRequests(wait);
  });
}
