import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthCtx } from '../../domain/auth/identity.js';
import { beginVisit } from '../../domain/auth/provider/begin-visit.js';
import { finishVisit } from '../../domain/auth/provider/finish-visit.js';
import type { ProviderSignIn } from '../../domain/auth/provider/provider-sign-in.js';
import { VISIT_SECONDS } from '../../domain/auth/provider/visit.js';
import { Unavailable } from '../../domain/failure.js';
import { waitlist } from '../../domain/waitlist/waitlist.js';
import { cookiesOf } from '../graphql/cookies.js';
import { RequestLog } from '../graphql/request-log.js';
import { PAGE } from '../pages/page-headers.js';
import type { ServerParts } from '../parts.js';
import { type Problem, problemPage, statusOfProblem } from './problem-page.js';

const START = '/auth/oidc/start';
const CALLBACK = '/auth/oidc/callback';

function contextOf(parts: ServerParts, { id, ip, headers }: FastifyRequest): AuthCtx {
  const { db, clock, bus, identity } = parts;
  const log = new RequestLog(parts.log, id);
  const userAgent = headers['user-agent'] ?? null;
  return { waitlist, db, clock, bus, identity, log, requestId: id, viewer: null, address: ip, userAgent };
}

/** What a page of elsewhere leads to is nobody else's to keep or to read. */
const guard = (reply: FastifyReply): FastifyReply =>
  reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });

const show = (reply: FastifyReply, problem: Problem): FastifyReply =>
  guard(reply).code(statusOfProblem(problem)).type('text/html; charset=utf-8').send(problemPage(problem));

/** Shows a page where the provider does not answer; people with a password here sign in all the same. */
async function orAway(reply: FastifyReply, work: () => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unavailable) return show(reply.header('retry-after', '5'), 'AWAY');
    throw error;
  }
}

/**
 * Sign-in by a provider of OpenID Connect, for browsers: `/auth/oidc/start?return=/path` leads there, and
 * `/auth/oidc/callback` back, with the session in the cookie that `tokenRefresh` reads. Where somebody links an identity
 * instead, the code for `identityLinkConfirm` stands behind the `#` of the path, which no server sees.
 */
export function addProviderRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { publicUrl } = parts;
  const rules = parts.identity.provider;
  if (!rules || !publicUrl) return;
  app.get<{ Querystring: { return?: unknown; link?: unknown } }>(START, { helmet: PAGE }, (request, reply) =>
    orAway(reply, async () => {
      const { return: returnTo, link } = request.query;
      const ctx = contextOf(parts, request);
      const { url, sealed } = await beginVisit(ctx, rules, `${publicUrl}${CALLBACK}`, { returnTo, link });
      cookiesOf(parts, request, reply)?.write('visit', sealed, VISIT_SECONDS, 'LAX');
      return guard(reply).redirect(url, 303);
    }),
  );
  app.get(CALLBACK, { helmet: PAGE }, (request, reply) =>
    orAway(reply, () => comeBack(parts, rules, publicUrl, request, reply)),
  );
}

async function comeBack(
  parts: ServerParts,
  rules: ProviderSignIn,
  publicUrl: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const cookies = cookiesOf(parts, request, reply);
  const sealed = cookies?.read('visit') ?? null;
  cookies?.write('visit', null, 0, 'LAX');
  const [, search = ''] = /^[^?]*(\?.*)?$/.exec(request.url) ?? [];
  const visit = await finishVisit(
    contextOf(parts, request),
    rules,
    `${publicUrl}${CALLBACK}${search}`,
    sealed,
  );
  if (visit.kind === 'Refused') return show(reply, visit.reason);
  const to = new URL(`${publicUrl}${visit.returnTo}`);
  if (visit.kind === 'Found') to.hash = `identity=${visit.code}`;
  else cookies?.write('session', visit.signedIn.refreshToken, parts.identity.lifetimes.sessionSeconds);
  return guard(reply).redirect(to.href, 303);
}
