import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../../domain/auth/identity.js';
import { originOf } from '../../domain/auth/sign-in-throttle.js';
import { parseGlobalId } from '../../domain/ids.js';
import { checkInAtDoor } from '../../domain/presence/check-in-at-door.js';
import { CHECK_IN_PATH, DOOR_PATH, type DoorLinks } from '../../domain/presence/door-links.js';
import { type Door, showDoor } from '../../domain/presence/show-door.js';
import type { Clock } from '../../ports/clock.js';
import type { Counter, Counters } from '../../ports/counters.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Database } from '../../sql/statement.js';
import { isKnown } from '../etag.js';
import { countWrongLink } from '../limits/guesses.js';
import { TooManyRequests } from '../limits/too-many-requests.js';
import { checkInPage, DOOR_STYLE, doorPage } from './door-html.js';
import { doorJson } from './door-json.js';
import { PAGE } from './page-headers.js';

export interface DoorParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly links: DoorLinks;
  readonly counters: Counters;
  readonly identity: Identity;
}

type Request = FastifyRequest<{ Params: { '*': string } }>;

/** How often one address may press the button: many people stand behind one, and each presses once or twice. */
const PRESSES = { name: 'door', limit: 60, seconds: 60 };
const HTML = 'text/html; charset=utf-8';

/** The address is a secret of whoever stands before the door: given to nobody, kept nowhere. */
const PRIVATE = { 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer' };

function send(request: Request, reply: FastifyReply, type: string, body: string) {
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  reply.headers({ ...PRIVATE, etag, 'x-content-type-options': 'nosniff' });
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(type).send(body);
}

/** Seconds to wait, null where the address may press. */
async function spent(presses: Counter, address: string): Promise<number | null> {
  const { count, msLeft } = await presses.add(originOf(address));
  return count <= PRESSES.limit ? null : Math.ceil(msLeft / 1000);
}

/** What the pages show of the door with that token, or the answer of an address with nothing under it. */
const showing =
  (
    parts: DoorParts,
    token: (rest: string) => string,
    type: string,
    print: (door: Door, request: Request) => string,
  ) =>
  async (request: Request, reply: FastifyReply) => {
    const shown = token(request.params['*']);
    const door = await showDoor(parts, parts.links, shown);
    if (door) return send(request, reply, type, print(door, request));
    await countWrongLink(parts.identity, request, 'door', shown);
    return reply.callNotFound();
  };

const outcomeOf = ({ query }: Request) => (query as { outcome?: unknown }).outcome;

/**
 * `/door/<token>` and `/door/<token>.json`: what is on at a door. `/check-in/<token>`: the same with a button, behind the
 * QR code. They show times and nothing else to whoever knows the token. The button needs no defence against forged
 * requests: nothing in the browser vouches for anybody, and the token in the address is all that there is to know.
 */
export async function addDoors(app: FastifyInstance, parts: DoorParts): Promise<void> {
  const presses = parts.counters(PRESSES);
  await app.register(async (inner) => {
    inner.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
    );
    const whole = (rest: string) => rest;
    const asJson = showing(
      parts,
      (rest) => rest.slice(0, -'.json'.length),
      'application/json; charset=utf-8',
      doorJson,
    );
    const asPage = showing(parts, whole, HTML, (door) => doorPage(door));
    inner.get<{ Params: { '*': string } }>(`${DOOR_PATH}*`, { helmet: PAGE }, (request, reply) =>
      request.params['*'].endsWith('.json') ? asJson(request, reply) : asPage(request, reply),
    );
    inner.get<{ Params: { '*': string } }>(
      `${CHECK_IN_PATH}*`,
      { helmet: PAGE },
      showing(parts, whole, HTML, (door, request) => checkInPage(door, outcomeOf(request))),
    );
    inner.post<{ Params: { '*': string } }>(`${CHECK_IN_PATH}*`, { helmet: PAGE }, async (request, reply) => {
      const wait = await spent(presses, request.ip);
      if (wait !== null) throw new TooManyRequests(wait);
      const token = request.params['*'];
      const id = request.body instanceof URLSearchParams ? request.body.get('reservation') : null;
      const named = id === null ? null : parseGlobalId(id);
      const which = named?.kind === 'Reservation' ? named.id : null;
      const { id: requestId, ip: address, headers } = request;
      const ctx = { ...parts, requestId, address, userAgent: headers['user-agent'] ?? null };
      const done = await checkInAtDoor(ctx, parts.links, token, which);
      if (done === null) {
        await countWrongLink(parts.identity, request, 'door', token);
        return reply.callNotFound();
      }
      return reply.headers(PRIVATE).redirect(`${CHECK_IN_PATH}${token}?outcome=${done ? 'in' : 'not'}`, 303);
    });
  });
  app.get('/door.css', { helmet: PAGE }, async (_request, reply) => {
    reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'no-cache');
    return DOOR_STYLE;
  });
}
