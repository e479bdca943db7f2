import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { INVITATIONS, invitationPath, invitationTokenHash } from '../domain/participants/invitation-token.js';
import { type Answer, respondByLink } from '../domain/participants/respond-to-invitation.js';
import { waitlist } from '../domain/waitlist/waitlist.js';
import { showInvitation } from '../sql/participants/invitation-links.js';
import { countWrongLink } from './limits/guesses.js';
import { invitationPage, UNKNOWN_INVITATION } from './pages/invitation.js';
import { PAGE } from './pages/page-headers.js';
import type { ServerParts } from './parts.js';

type InvitationParts = Pick<ServerParts, 'db' | 'clock' | 'bus' | 'log' | 'identity'>;

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
  if (!shown) await countWrongLink(parts.identity, request, 'invitation', tokenOf(request));
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
        const { db, clock, bus, log } = parts;
        const ctx = { db, clock, bus, log, waitlist, requestId, viewer: null, address, userAgent };
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
