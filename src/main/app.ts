import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createIdentity, type Identity } from '../domain/auth/identity.js';
import { relyingPartyOf } from '../domain/auth/passkeys/relying-party.js';
import { StreamReader } from '../domain/events/stream-reader.js';
import { NoticeReader } from '../domain/notifications/notice-reader.js';
import { OperationBook } from '../domain/operations/operation-book.js';
import { UsageCounter } from '../domain/operations/usage-counter.js';
import { DoorLinks } from '../domain/presence/door-links.js';
import { buildHoldfastSchema } from '../graphql/build-schema.js';
import { Live } from '../graphql/live/live.js';
import { type RunningServer, startServer } from '../server/http.js';
import type { ServerLimits } from '../server/parts.js';
import type { Adapters } from './adapters.js';
import { breachedOf } from './breached.js';
import { directoryOf, periodicSyncOf } from './directory.js';
import { openFiles } from './files.js';
import { ownDocuments } from './own-documents.js';
import { providerOf } from './provider.js';
import type { Program } from './run.js';
import { secretOf } from './secret.js';

const AUDIENCE = 'holdfast';
/** Changes whose wake-up was lost arrive by this. */
const CATCH_UP_MS = 1_000;
const CLOSE_MS = 9_500;
const DAY_SECONDS = 86_400;
/** So many times as often as one address, all strangers together may try one account. */
const STRANGERS = 4;

/** Sign-in and authentication, closed by the program's releases. */
export async function openIdentity(program: Program, adapters: Adapters): Promise<Identity> {
  const { config, releases } = program;
  const directory = directoryOf(program);
  const identity = await createIdentity({
    ...adapters,
    secret: secretOf(config),
    issuer: config.issuer,
    audience: AUDIENCE,
    lifetimes: {
      accessSeconds: config.accessTokenSeconds,
      sessionSeconds: config.sessionDays * DAY_SECONDS,
    },
    secondFactorRoles: config.secondFactorRoles,
    directory,
    directorySync: periodicSyncOf(config, directory),
    provider: providerOf(program),
    passkeys: relyingPartyOf(config.publicUrl, config.allowedOrigins),
    limits: {
      perAccount: config.signInsPerAccount,
      perAddress: config.signInsPerAddress,
      strangersPerAccount: STRANGERS * config.signInsPerAccount,
    },
    breached: await breachedOf(program),
  });
  releases.add('identity', () => identity.close());
  return identity;
}

/** The built playground; null where it is switched off or was not built. */
function playgroundFolder({ config, log }: Program): string | null {
  if (!config.playground) return null;
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'playground');
  if (existsSync(join(folder, 'index.html'))) return folder;
  log.warn({ folder }, 'the playground has not been built: npm run build makes it');
  return null;
}

const limitsOf = (config: Program['config']): Partial<ServerLimits> => ({
  operationsPerUser: config.operationsPerUser,
  operationsPerAddress: config.operationsPerAddress,
  requestsPerAddress: config.requestsPerAddress,
  socketsPerUser: config.socketsPerUser,
  subscriptionsPerSocket: config.subscriptionsPerSocket,
  drainDelayMs: config.drainDelayMs,
  closeMs: CLOSE_MS,
});

/** The built scripts of the pages at doors; null where they were not built. */
function pageScriptsFolder({ log }: Program): string | null {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'pages');
  if (existsSync(join(folder, 'check-in.js'))) return folder;
  log.warn({ folder }, 'the pages at doors have no scripts: npm run build makes them');
  return null;
}

/** What was built for browsers. */
const builtFolders = (program: Program) => ({
  playground: playgroundFolder(program),
  pageScripts: pageScriptsFolder(program),
});

const portTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/**
 * Starts to serve. Only then does the program hear requests; the releases drain them first of all.
 * @throws Error with a sentence when the port is taken
 */
export async function serve(
  program: Program,
  adapters: Adapters,
  identity: Identity,
): Promise<RunningServer> {
  const { config, log, releases } = program;
  const reader = new StreamReader({ ...adapters, catchUpMs: CATCH_UP_MS });
  await reader.start();
  releases.add('streams', () => reader.stop());
  const notices = new NoticeReader({ ...adapters, catchUpMs: CATCH_UP_MS });
  await notices.start();
  releases.add('notices', () => notices.stop());
  const book = new OperationBook(adapters);
  await book.start();
  releases.add('registered documents', () => book.close());
  const usage = new UsageCounter(adapters);
  usage.start();
  releases.add('usage', () => usage.close());
  try {
    const server = await startServer({
      ...adapters,
      host: config.host,
      port: config.port,
      schema: buildHoldfastSchema(),
      identity,
      live: new Live({ ...adapters, reader }),
      notices,
      documents: ownDocuments,
      book,
      usage,
      persistedOnly: config.persistedOnly,
      ...builtFolders(program),
      allowedOrigins: config.allowedOrigins,
      production: config.production,
      publicUrl: config.publicUrl,
      links: new DoorLinks(secretOf(config)),
      trustedProxies: config.trustedProxies,
      files: { ...(await openFiles(program, adapters)), limits: config.files.limits },
      limits: limitsOf(config),
    });
    releases.add('server', () => server.close());
    log.info({ host: config.host, port: server.port }, 'listening');
    return server;
  } catch (error) {
    if (!portTaken(error)) throw error;
    throw new Error(
      `PORT is "${config.port}", which another program uses; allowed is a free port, or 0 for any.`,
      {
        cause: error,
      },
    );
  }
}
