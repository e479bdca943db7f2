import type { FastifyInstance } from 'fastify';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import { type Database, statement } from '../sql/statement.js';

export interface HealthParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly log: Log;
  readonly draining: () => boolean;
}

const ALIVE = statement<{ alive: number }>('readiness', 'select 1 as alive');
const PATIENCE_MS = 1_000;

async function databaseAnswers({ db, log }: HealthParts): Promise<boolean> {
  const late = Symbol('late');
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, late);
  });
  try {
    return (await Promise.race([db.query(ALIVE, []), patience])) !== late;
  } catch (error) {
    log.debug({ err: error }, 'the database does not answer');
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const DEGRADED =
  'Wake-ups do not pass: changes arrive on subscriptions a little later. Decisions and reservations are unaffected.';

/**
 * `/healthz` says that the process lives, whatever else is down: restarting it would help nobody. `/readyz`
 * says whether a balancer should send requests here, and how each part does.
 */
export function addHealthRoutes(app: FastifyInstance, parts: HealthParts): void {
  const head = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  app.get('/healthz', async (_request, reply) => {
    reply.headers(head);
    return { status: 'alive' };
  });
  app.get('/readyz', async (_request, reply) => {
    const database = await databaseAnswers(parts);
    const bus = parts.bus.healthy();
    const draining = parts.draining();
    const ready = database && !draining;
    reply.headers(head).code(ready ? 200 : 503);
    return {
      status: ready ? (bus ? 'ready' : 'degraded') : 'unavailable',
      draining,
      parts: { database: database ? 'up' : 'down', bus: bus ? 'up' : 'down' },
      ...(ready && !bus && { note: DEGRADED }),
    };
  });
}
