import type { FastifyInstance } from 'fastify';

const METHODS = 'GET, POST, PUT, OPTIONS';
const HEADERS =
  'authorization, content-type, idempotency-key, x-request-id, apollo-require-preflight, x-apollo-operation-name';
const SHOWN = 'x-request-id, retry-after, etag, deprecation, sunset';
const DAY = '86400';

/** Whether a page of this origin may call a server that was reached under this host. */
export function originAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  try {
    return host !== undefined && new URL(origin).host === host;
  } catch {
    return false;
  }
}

/** Lets pages of the listed origins call, and no others: without its headers a browser shows them nothing. */
export function addCors(app: FastifyInstance, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !allowed.includes(origin)) return;
    reply
      .header('access-control-allow-origin', origin)
      .header('access-control-allow-credentials', 'true')
      .header('access-control-expose-headers', SHOWN);
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return;
    reply
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', HEADERS)
      .header('access-control-max-age', DAY);
    await reply.code(204).send();
  });
}
