import { globalId } from '../../src/domain/ids.js';
import { PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { post } from '../kit/calls.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import type { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { type Api, startApi } from '../kit/program.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

export const PASSWORD = 'a rather long passphrase';

/** What somebody who attacks finds: an api as in production, and what belongs to somebody else. */
export interface Target {
  readonly api: Api;
  readonly tokens: Readonly<Record<'administrator' | 'manager' | 'owner' | 'stranger' | 'guest', string>>;
  readonly owner: { readonly id: string; readonly email: string };
  readonly resource: string;
  /** Of the owner; its title and details hold `SECRET`. */
  readonly reservation: string;
  ask(token: string | null, query: string, variables?: object): Promise<Answered>;
  /** How many entries the audit has: one for every change. */
  changes(): Promise<number>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly code: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: attacks look for whatever has come
  readonly data: any;
}

/** Starts the target; an attack is asked with a token of somebody, or of nobody. */
export async function target(
  { db, psql, url }: Awaited<ReturnType<typeof useDatabase>>,
  env: Record<string, string> = {},
): Promise<Target> {
  const passwordHash = await new PasswordHasher().hash(PASSWORD);
  const [administrator, manager, owner, stranger, guest] = [
    await person(db, 'ADMINISTRATOR'),
    await person(db, 'MANAGER'),
    await person(db, 'MEMBER', { passwordHash }),
    await person(db, 'MEMBER'),
    await person(db, 'GUEST'),
  ] as const;
  const { id: resourceId } = await room(db);
  const ctx = testCtx(db, owner.viewer);
  const held = await reserved(ctx, [resourceId], '2032-03-02T09:00:00Z', '2032-03-02T10:00:00Z', {
    title: 'SECRET',
    details: 'SECRET',
  });
  const all = await tokensFor(db, [administrator, manager, owner, stranger, guest]);
  const [admin = '', boss = '', mine = '', other = '', visitor = ''] = all;
  const api = await startApi({ databaseUrl: url, env: { NODE_ENV: 'production', ...env } });
  return {
    api,
    tokens: { administrator: admin, manager: boss, owner: mine, stranger: other, guest: visitor },
    owner,
    resource: globalId('Resource', resourceId),
    reservation: globalId('Reservation', held.id),
    async ask(token, query, variables = {}) {
      const got = await post(api, token, { query, variables });
      const answer = got?.answer;
      return {
        status: got?.status ?? 0,
        text: JSON.stringify(answer ?? ''),
        code: answer?.errors?.[0]?.extensions?.code,
        data: answer?.data ?? null,
      };
    },
    changes: async () =>
      (await psql<{ count: number }>('select count(*)::int as count from audit', []))[0]?.count ?? 0,
  };
}
