import { createIdentity } from '../../dist/domain/auth/identity.js';
import { InProcessBus } from '../../dist/infra/event-bus/in-process.js';
import { openDatabase } from '../../dist/infra/postgres/database.js';
import { userId } from './database.mjs';

export const SECRET = 'a secret of the benchmark that nobody else needs to know';
export const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };

/** An access token of the first user, signed with the instances' own key. */
export async function tokenFor(database) {
  const db = await openDatabase({
    url: database.url,
    poolSize: 2,
    connectTimeoutMs: 2_000,
    answerTimeoutMs: 10_000,
    log: quiet,
  });
  const clock = { fixed: () => null, now: () => new Date() };
  const identity = await createIdentity({
    db,
    clock,
    bus: new InProcessBus(),
    log: quiet,
    secret: SECRET,
    issuer: 'holdfast',
    audience: 'holdfast',
  });
  const { accessToken } = await identity.tokens.issue({
    id: userId(1),
    sessionId: database.sessionId(1),
    role: 'MEMBER',
    issuedAtMs: Date.now(),
  });
  await identity.close();
  await db.close();
  return accessToken;
}
