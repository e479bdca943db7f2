import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { INVITATIONS, invitationPath, invitationTokenHash } from '../domain/participants/invitation-token.js';
import { type Answer, respondByLink } from '../domain/participants/respond-to-invitation.js';
import { waitlist } from '../domain/waitlist/waitlist.js';
import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import { showInvitation } from '../sql/participants/invitation-links.js';
import type { Database } from '../sql/statement.js';
import { invitationPage, UNKNOWN_INVITATION } from './pages/invitation.js';
import { PAGE } from './pages/page-headers.js';

export interface InvitationParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly log: Log;
}

const MOST_BYTES = 1_024;
const ANSWERS: readonly string[] = ['ACCEPTED', 'DECLINED', 'TENTATIVE'];

type Link = FastifyRequest<{ Params: { '*': string } }>;
const tokenOf = ({ params }: Link): string => params['*'];

async function show(
  parts: InvitationParts,
  request: Link,
  reply: FastifyReply,
  hasChanged: boolean,
): Promise<string> {
  const hash = invitationTokenHash(tokenOf(request));
  const shown = hash && (await showInvitation(parts.db, parts.clock.fixed(), hash));
  reply.type('text/html; charset=utf-8');
  if (!shown) reply.code(404);
  return shown ? invitationPage(shown, hasChanged) : UNKNOWN_INVITATION;
}

/**
 * `/invitation/<token>`: where a guest without an account answers. Looking changes nothing, since programs that check
 * mails follow their links; the answer is posted. The token is in the address, so the address is given to nobody: no
 * log, no cache, no referrer.
 */
export async function addInvitations(app: FastifyInstance, parts: InvitationParts): Promise<void> {
  await app.register(async (inner) => {
    const form = 'application/x-www-form-urlencoded';
    inner.addContentTypeParser(form, { parseAs: 'string', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    inner.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    inner.get(`${INVITATIONS}*`, { helmet: PAGE }, (request: Link, reply) =>
      show(parts, request, reply, false),
    );
    inner.post(`${INVITATIONS}*`, { helmet: PAGE }, async (request: Link, reply) => {
      const given = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const answer = given.get('response') ?? '';
      const version = Number(given.get('version'));
      if (!ANSWERS.includes(answer) || !Number.isSafeInteger(version)) reply.code(400);
      else {
        const { id: requestId, ip: address, headers } = request;
        const userAgent = headers['user-agent'] ?? null;
        const ctx = { ...parts, waitlist, requestId, viewer: null, address, userAgent };
        const said = { token: tokenOf(request), version, answer: answer as Answer };
        const answered = await respondByLink(ctx, said);
        if (answered === 'ANSWERED') return reply.redirect(invitationPath(said.token), 303);
        if (answered !== 'UNKNOWN') reply.code(409);
        return show(parts, request, reply, answered === 'STALE');
      }
      return show(parts, request, reply, false);
    });
  });
}
