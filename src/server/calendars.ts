import type { FastifyInstance } from 'fastify';
import { FEEDS } from '../domain/feeds/feed-token.js';
import { showCalendar } from '../domain/feeds/show-calendar.js';
import { isKnown } from './etag.js';
import { countWrongLink } from './limits/guesses.js';
import type { ServerParts } from './parts.js';

/**
 * `/ical/<token>.ics`: a calendar feed for whoever knows its token; any other token is answered as an address with
 * nothing under it. The token is in the address, so the address is given to nobody: no log, no cache, no referrer.
 */
export function addCalendars(
  app: FastifyInstance,
  parts: Pick<ServerParts, 'db' | 'clock' | 'identity'>,
): void {
  // A parameter that is too long would be answered otherwise than an unknown address; a wildcard takes any.
  app.get<{ Params: { '*': string } }>(`${FEEDS}*`, async (request, reply) => {
    const [, token] = /^(.+)\.ics$/.exec(request.params['*']) ?? [];
    const shown = token && (await showCalendar(parts, token));
    if (!shown) {
      await countWrongLink(parts.identity, request, 'ical', request.params['*']);
      return reply.callNotFound();
    }
    reply.headers({
      etag: shown.etag,
      'cache-control': 'private, no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    if (isKnown(request.headers['if-none-match'], shown.etag)) return reply.code(304).send();
    return reply.type('text/calendar; charset=utf-8').send(shown.text);
  });
}
