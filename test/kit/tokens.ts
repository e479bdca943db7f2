import { createIdentity } from '../../src/domain/auth/identity.js';
import { InProcessBus } from '../../src/infra/event-bus/in-process.js';
import type { OpenDatabase } from '../../src/infra/postgres/database.js';
import { SilentLog } from './log.js';
import type { PersonRow } from './people.js';
import { SECRET } from './program.js';

/** Access tokens for the people's own sessions, signed with the key that the programs of this database use. */
export async function tokensFor(
  db: OpenDatabase,
  people: readonly PersonRow[],
  at = new Date(),
): Promise<string[]> {
  const identity = await createIdentity({
    db,
    clock: { fixed: () => at.toISOString(), now: () => at },
    bus: new InProcessBus(),
    log: new SilentLog(),
    secret: SECRET,
    issuer: 'holdfast',
    audience: 'holdfast',
  });
  try {
    const issue = ({ id, role, viewer }: PersonRow) =>
      identity.tokens.issue({ id, role, sessionId: viewer.sessionId, issuedAtMs: at.getTime() } as never);
    return (await Promise.all(people.map(issue))).map(({ accessToken }) => accessToken);
  } finally {
    await identity.close();
  }
}
