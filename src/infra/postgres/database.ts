import { type EntityManager, MikroORM, type PostgreSqlConnection } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { parse } from 'pg-connection-string';
import { Unavailable } from '../../domain/failure.js';
import type { Log } from '../../ports/log.js';
import { SQLSTATE, sqlstateOf } from '../../sql/sqlstate.js';
import type { Database, Queryable, Statement } from '../../sql/statement.js';
import { entities } from './entities.js';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** How long to wait for a connection, and for one answer, before the call fails as Unavailable. */
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly log: Log;
}

/** The open database: one pool that the unit of work and the prepared statements share. */
export interface OpenDatabase extends Database {
  readonly orm: MikroORM;
  close(): Promise<void>;
}

/**
 * What every connection sets: UTC, no waiting for locks beyond 2 s, no transaction left open, and one plan per
 * prepared statement: left to choose, PostgreSQL plans the larger ones anew at each call, which takes longer
 * than running them (0.8 of 1.6 ms for the facts of a refusal). Pages are in memory or on flash, so a row found by
 * an index costs hardly more than the next one of a scan: at the default of 4, one plan for any number of ids reads
 * the whole table of resources for a single one. Compiling plans never pays for statements this short.
 */
const SESSION = [
  'timezone=UTC',
  'lock_timeout=2000',
  'idle_in_transaction_session_timeout=10000',
  'plan_cache_mode=force_generic_plan',
  'random_page_cost=1.1',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** The statement itself was judged and refused; the connection is as good as before. */
const isRefusal = (error: unknown) => {
  const state = sqlstateOf(error);
  return state !== null && !/^(08|53|57P|58|XX)/.test(state);
};

/** What failed because the database is away, restarting, full or too slow, rather than because of what was asked. */
function asUnavailable(error: unknown): unknown {
  if (error instanceof Unavailable) return error;
  const state = sqlstateOf(error);
  const away =
    state === null
      ? /ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|timeout|terminated|not queryable|Client was closed/i.test(
          String(error),
        )
      : /^(08|53|57P)/.test(state) || state === SQLSTATE.lockNotAvailable || state === SQLSTATE.queryCanceled;
  return away ? new Unavailable('the database does not answer', { cause: error }) : error;
}

const RETRIES = 3;
const isTransient = (error: unknown) => {
  const state = sqlstateOf(error);
  return state === SQLSTATE.serializationFailure || state === SQLSTATE.deadlockDetected;
};

async function onClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw asUnavailable(error);
  }
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    broken = error instanceof Unavailable || !(isRefusal(error) || isOurs(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Thrown by the work itself, not by the connection. */
const isOurs = (error: unknown) => error instanceof Error && sqlstateOf(error) === null && !('code' in error);

async function run<Row>(
  client: PoolClient,
  wanted: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  try {
    const { rows } = await client.query({
      name: wanted.name,
      text: wanted.text,
      values: values as unknown[],
    });
    return rows as Row[];
  } catch (error) {
    throw asUnavailable(error);
  }
}

class PostgresDatabase implements OpenDatabase {
  constructor(
    readonly orm: MikroORM,
    private readonly pool: Pool,
  ) {}

  async query<Row>(wanted: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await onClient(this.pool, (client) => run(client, wanted, values));
      } catch (error) {
        if (attempt >= RETRIES || !isTransient(error)) throw error;
      }
    }
  }

  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await onClient(this.pool, (client) => within(client, work));
      } catch (error) {
        if (attempt >= RETRIES || !isTransient(error)) throw error;
      }
    }
  }

  async unitOfWork<T>(work: (em: EntityManager, tx: Queryable) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.em().transactional((em) => work(em, joined(em)));
      } catch (error) {
        if (attempt >= RETRIES || !isTransient(error)) throw asUnavailable(error);
      }
    }
  }

  em(): EntityManager {
    return this.orm.em.fork();
  }

  async close(): Promise<void> {
    await this.orm.close(true);
  }
}

/** Statements inside the transaction of a unit of work. */
const joined = (em: EntityManager): Queryable => ({
  async query<Row>(wanted: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    try {
      const { rows } = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(wanted.text, [...values]));
      return rows;
    } catch (error) {
      throw asUnavailable(error);
    }
  },
});

const BEGIN = { name: 'begin', text: 'begin' };
const COMMIT = { name: 'commit', text: 'commit' };
const ROLLBACK = { name: 'rollback', text: 'rollback' };

async function within<T>(client: PoolClient, work: (tx: Queryable) => Promise<T>): Promise<T> {
  await run(client, BEGIN, []);
  try {
    const result = await work({ query: (wanted, values) => run(client, wanted, values) });
    await run(client, COMMIT, []);
    return result;
  } catch (error) {
    if (!(error instanceof Unavailable)) await run(client, ROLLBACK, []);
    throw error;
  }
}

/** Opens the pool. Connections are made as statements need them, so a database that is away shows at the first one. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: options.poolSize, idleTimeoutMillis: 60_000 },
    driverOptions: {
      ...parse(options.url),
      connectionTimeoutMillis: options.connectTimeoutMs,
      query_timeout: options.answerTimeoutMs,
      keepAlive: true,
      options: SESSION,
    },
    logger: (message: string) => options.log.debug({}, message),
  });
  const pool = (await (orm.em.getConnection() as PostgreSqlConnection).getNativeClient()) as Pool;
  return new PostgresDatabase(orm, pool);
}
