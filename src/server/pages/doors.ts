import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../../domain/auth/identity.js';
import { parseGlobalId } from '../../domain/ids.js';
import { CHECK_IN_PATH, DOOR_PATH, RESERVATION_PATH } from '../../domain/presence/door-links.js';
import { qrCode } from '../../domain/presence/qr-code.js';
import { type Door, showDoor } from '../../domain/presence/show-door.js';
import { etagOf, isKnown } from '../etag.js';
import { countWrongLink } from '../limits/guesses.js';
import { checkInPage, reservationPage, type WaysIn } from './check-in-html.js';
import { addDoorButton, type DoorButtonParts } from './door-button.js';
import { doorPage } from './door-html.js';
import { doorJson } from './door-json.js';
import { seenDoor } from './door-standing.js';
import { DOOR_STYLE } from './door-style.js';
import { PAGE, PRIVATE } from './page-headers.js';
import { addPageScripts } from './page-scripts.js';
import { preferredLanguage } from './words/by-language.js';

export interface DoorParts extends DoorButtonParts {
  readonly identity: Pick<Identity, 'provider' | 'passkeys' | 'guesses' | 'security'>;
  readonly publicUrl?: string | null;
  /** The folder of the built scripts of these pages; without it they do without. */
  readonly pageScripts?: string | null;
}

type Request = FastifyRequest<{ Params: { '*': string } }>;

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const ENDING = '.json';

function send(request: FastifyRequest, reply: FastifyReply, type: string, body: string) {
  const etag = etagOf(body);
  reply.headers({ ...PRIVATE, etag, 'x-content-type-options': 'nosniff' });
  if (type === HTML) reply.header('vary', 'accept-language');
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(type).send(body);
}

const languageOf = ({ headers }: FastifyRequest) => preferredLanguage(headers['accept-language']);

/** How one signs in who shall come back to this path. */
const waysIn = ({ identity, publicUrl }: DoorParts, path: string): WaysIn => ({
  passkeys: identity.passkeys != null,
  provider: identity.provider && publicUrl ? `/auth/oidc/start?return=${encodeURIComponent(path)}` : null,
});

/** What the pages show of the door with that token, or the answer of an address with nothing under it. */
async function show(
  parts: DoorParts,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  type: string,
  print: (door: Door) => string,
) {
  const door = await showDoor(parts, parts.links, token);
  if (door) return send(request, reply, type, print(door));
  await countWrongLink(parts.identity, request, 'door', token);
  return reply.callNotFound();
}

/**
 * `/door/<token>` and `/door/<token>.json`: what is on at a door. `/check-in/<token>`: the same to check in, behind the QR
 * code. They show times and nothing else to whoever knows the token; who signs in there is told the rest by the API.
 * `/check-in/reservation/<id>` says nothing at all to others.
 */
export async function addDoors(app: FastifyInstance, parts: DoorParts): Promise<void> {
  const scripts = await addPageScripts(app, parts.pageScripts ?? null);
  const seenBy = (request: FastifyRequest, door: Door) =>
    seenDoor(door, languageOf(request), parts.clock.now().getTime());
  const codeOf = (token: string) =>
    parts.publicUrl ? qrCode(`${parts.publicUrl}${CHECK_IN_PATH}${token}`) : null;
  app.get(`${DOOR_PATH}*`, { helmet: PAGE }, (request: Request, reply) => {
    const token = request.params['*'];
    if (token.endsWith(ENDING))
      return show(parts, request, reply, token.slice(0, -ENDING.length), JSON_TYPE, doorJson);
    return show(parts, request, reply, token, HTML, (door) =>
      doorPage(seenBy(request, door), codeOf(token), scripts.display),
    );
  });
  app.get(`${CHECK_IN_PATH}*`, { helmet: PAGE }, (request: Request, reply) => {
    const token = request.params['*'];
    const { outcome } = request.query as { outcome?: unknown };
    return show(parts, request, reply, token, HTML, (door) => {
      const ways = waysIn(parts, `${CHECK_IN_PATH}${token}`);
      return checkInPage(seenBy(request, door), token, outcome, ways, scripts['check-in']);
    });
  });
  app.get<{ Params: { id: string } }>(`${RESERVATION_PATH}:id`, { helmet: PAGE }, async (request, reply) => {
    const { id } = request.params;
    if (parseGlobalId(id)?.kind !== 'Reservation') return reply.callNotFound();
    const ways = waysIn(parts, `${RESERVATION_PATH}${id}`);
    return send(request, reply, HTML, reservationPage(languageOf(request), id, ways, scripts['check-in']));
  });
  await addDoorButton(app, parts);
  app.get('/door.css', { helmet: PAGE }, async (_request, reply) => {
    reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'no-cache');
    return DOOR_STYLE;
  });
}
