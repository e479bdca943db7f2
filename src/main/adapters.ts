import { memoryCounters } from '../domain/auth/memory-counters.js';
import { fileClock } from '../infra/clock/file.js';
import { systemClock } from '../infra/clock/system.js';
import { redisCounters } from '../infra/counters/redis.js';
import { postgresBus } from '../infra/event-bus/postgres.js';
import { redisBus } from '../infra/event-bus/redis.js';
import { type OpenDatabase, openDatabase } from '../infra/postgres/database.js';
import type { Clock } from '../ports/clock.js';
import type { Counters } from '../ports/counters.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import type { Program } from './run.js';

/** The outside world, as the configuration has chosen it. */
export interface Adapters {
  readonly db: OpenDatabase;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly counters: Counters;
}

/** A connection within 2 s, an answer half a second later: a call fails within 3 s when the database is away. */
const CONNECT_MS = 2_000;
const ANSWER_MS = 2_500;

function openClock(file: string | null): Clock {
  if (file === null) return systemClock;
  const clock = fileClock(file);
  // Wrong content stops the start, not the first request.
  clock.now();
  return clock;
}

/** Shared by all processes where there is a Redis; otherwise each counts by itself. */
function openCounters({ config, log, releases }: Program): Counters {
  const { redisUrl, redisPrefix } = config;
  if (!redisUrl) return memoryCounters;
  const shared = redisCounters(redisUrl, redisPrefix, memoryCounters, log);
  releases.add('counters', () => shared.close());
  return shared.counters;
}

/** Opens everything that every program needs; the program's releases close it again. */
export async function openAdapters(program: Program, databaseUrl: string): Promise<Adapters> {
  const { config, log, releases } = program;
  const clock = openClock(config.testClockFile);
  const db = await openDatabase({
    url: databaseUrl,
    poolSize: config.databasePoolSize,
    connectTimeoutMs: CONNECT_MS,
    answerTimeoutMs: ANSWER_MS,
    log,
  });
  releases.add('database', () => db.close());
  const bus = config.redisUrl
    ? redisBus(config.redisUrl, config.redisPrefix, log)
    : postgresBus(databaseUrl, log);
  releases.add('event bus', () => bus.close());
  return { db, bus, clock, log, counters: openCounters(program) };
}

/**
 * The database of a program that does not bring its own.
 * @throws Error with a sentence when DATABASE_URL is not set
 */
export function databaseUrlOf({ config }: Program): string {
  if (config.databaseUrl) return config.databaseUrl;
  throw new Error(
    'DATABASE_URL is not set; allowed is a URL like postgres://user:password@host:5432/database. ' +
      'Only "npm start" and "npm run migrate" bring a database of their own.',
  );
}
