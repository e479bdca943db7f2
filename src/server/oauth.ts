import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { issueClientToken } from '../domain/clients/issue-token.js';
import { Unavailable } from '../domain/failure.js';
import { parseGlobalId } from '../domain/ids.js';
import { OperationContext, type Shared } from './graphql/operation-context.js';
import { TooManyRequests } from './limits/too-many-requests.js';

/** What an error of RFC 6749, 5.2 is answered with. */
const ERRORS = {
  invalid_request: [400, 'A parameter is missing, unknown in this form, or named twice.'],
  invalid_client: [401, 'There is no such client with this secret, or it has ended.'],
  invalid_scope: [400, 'A scope is unknown, or not one of this client.'],
  unsupported_grant_type: [400, 'The one grant type here is client_credentials.'],
} as const satisfies Record<string, readonly [number, string]>;

const FORM = 'application/x-www-form-urlencoded';

interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

/** Each parameter with a value, or null where one is named twice (RFC 6749, 3.2). */
function parametersOf(body: unknown): ReadonlyMap<string, string> | null {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(typeof body === 'string' ? body : '')) {
    if (parameters.has(name)) return null;
    if (value !== '') parameters.set(name, value);
  }
  return parameters;
}

/** Both halves are encoded as in a form (RFC 6749, 2.3.1). Null for what is not that. */
function basicOf(authorization: string): Credentials | null {
  const [, encoded] = /^Basic +([\w+/=-]+) *$/i.exec(authorization) ?? [];
  const [, clientId = '', secret = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  try {
    const [id, word] = [clientId, secret].map((half) => decodeURIComponent(half.replaceAll('+', ' ')));
    return id && word ? { clientId: id, secret: word } : null;
  } catch {
    return null;
  }
}

/** Who asks, by one way of saying so and not by two. */
function credentialsOf(
  authorization: string | undefined,
  parameters: ReadonlyMap<string, string>,
): Credentials | 'invalid_request' | 'invalid_client' {
  const clientId = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  if (authorization === undefined) return clientId && secret ? { clientId, secret } : 'invalid_client';
  const basic = basicOf(authorization);
  if (!basic) return 'invalid_client';
  const twice = secret !== undefined || (clientId !== undefined && clientId !== basic.clientId);
  return twice ? 'invalid_request' : basic;
}

function refuse(reply: FastifyReply, error: keyof typeof ERRORS) {
  const [status, description] = ERRORS[error];
  reply.code(status);
  if (status === 401) reply.header('www-authenticate', 'Basic realm="holdfast", charset="UTF-8"');
  return { error, error_description: description };
}

async function answer(shared: Shared, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const parameters = parametersOf(request.body);
  if (!parameters?.has('grant_type')) return refuse(reply, 'invalid_request');
  if (parameters.get('grant_type') !== 'client_credentials') return refuse(reply, 'unsupported_grant_type');
  const credentials = credentialsOf(request.headers.authorization, parameters);
  if (typeof credentials === 'string') return refuse(reply, credentials);
  const { id: requestId, ip: address, headers } = request;
  const userAgent = headers['user-agent'] ?? null;
  const caller = { requestId, viewer: null, isStale: false, cookies: null, address, userAgent };
  const ctx = new OperationContext(shared, caller);
  const token = await issueClientToken(ctx, { ...credentials, scope: parameters.get('scope') ?? null });
  if ('kind' in token) {
    // whatever else was written as the id is nothing to keep
    const clientId = parseGlobalId(credentials.clientId) && credentials.clientId;
    ctx.log.info({ clientId, address, error: token.kind }, 'refused a token');
    if (token.kind === 'TooManyAttempts') throw new TooManyRequests(token.retryAfter);
    return refuse(reply, token.kind);
  }
  shared.usage?.see({ userId: token.clientId, sessionId: token.secretId }, address);
  return {
    access_token: token.accessToken,
    token_type: 'Bearer',
    expires_in: token.expiresInSeconds,
    scope: token.scopes.join(' '),
  };
}

/** `/oauth/token`: access tokens for API clients by their credentials (RFC 6749, 4.4). */
export async function addTokenEndpoint(app: FastifyInstance, shared: Shared): Promise<void> {
  await app.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));
    inner.setErrorHandler(async (error: FastifyError | Unavailable | TooManyRequests, request, reply) => {
      if (error instanceof TooManyRequests) {
        reply.code(429).header('retry-after', String(error.retryAfter));
        return { error: 'temporarily_unavailable', error_description: error.message };
      }
      if (!(error instanceof Unavailable) && (error.statusCode ?? 500) < 500) {
        return refuse(reply, 'invalid_request');
      }
      const away = error instanceof Unavailable;
      shared.log[away ? 'warn' : 'error'](
        { err: error, requestId: request.id },
        'a token could not be issued',
      );
      reply.code(away ? 503 : 500).header('retry-after', '1');
      return { error: away ? 'temporarily_unavailable' : 'server_error' };
    });
    inner.post('/oauth/token', async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache', 'x-content-type-options': 'nosniff' });
      return answer(shared, request, reply);
    });
  });
}
