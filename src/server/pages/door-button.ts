import type { FastifyInstance } from 'fastify';
import type { Identity } from '../../domain/auth/identity.js';
import { originOf } from '../../domain/auth/sign-in-throttle.js';
import { parseGlobalId } from '../../domain/ids.js';
import { checkInAtDoor } from '../../domain/presence/check-in-at-door.js';
import { CHECK_IN_PATH, type DoorLinks } from '../../domain/presence/door-links.js';
import type { Clock } from '../../ports/clock.js';
import type { Counter, Counters } from '../../ports/counters.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Database } from '../../sql/statement.js';
import { countWrongLink } from '../limits/guesses.js';
import { TooManyRequests } from '../limits/too-many-requests.js';
import { PAGE, PRIVATE } from './page-headers.js';

export interface DoorButtonParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly links: DoorLinks;
  readonly counters: Counters;
  readonly identity: Pick<Identity, 'guesses' | 'security'>;
}

/** How often one address may press the button: many people stand behind one, and each presses once or twice. */
const PRESSES = { name: 'door', limit: 60, seconds: 60 };

/** Seconds to wait, null where the address may press. */
async function spent(presses: Counter, address: string): Promise<number | null> {
  const { count, msLeft } = await presses.add(originOf(address));
  return count <= PRESSES.limit ? null : Math.ceil(msLeft / 1000);
}

/**
 * The button of `/check-in/<token>` for whoever has no account. It needs no defence against forged requests: nothing in
 * the browser vouches for anybody, and the token in the address is all that there is to know.
 */
export async function addDoorButton(app: FastifyInstance, parts: DoorButtonParts): Promise<void> {
  const presses = parts.counters(PRESSES);
  await app.register(async (inner) => {
    inner.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
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
}
