import type { Viewer } from '../../../src/domain/act.js';
import {
  type AuthViewerCtx,
  createIdentity,
  type Identity,
  type IdentityOptions,
} from '../../../src/domain/auth/identity.js';
import type { SignedIn } from '../../../src/domain/auth/sign-in.js';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import type { OpenDatabase } from '../../../src/infra/postgres/database.js';
import { ManualClock } from '../../kit/clock.js';
import { type TestCtx, testCtx } from '../../kit/ctx.js';
import { type PersonRow, person } from '../../kit/people.js';

export const PASSWORD = 'correct horse battery';

export interface Instance {
  readonly ctx: TestCtx & { readonly identity: Identity };
  readonly identity: Identity;
  as(viewer: Viewer): AuthViewerCtx & TestCtx;
  from(address: string): TestCtx & { readonly identity: Identity };
}

const opened: Identity[] = [];
afterAll(() => Promise.all(opened.map((identity) => identity.close())));

/** One api process as far as identity goes, with a bus, keys and memory of its own. */
export async function instance(
  db: OpenDatabase,
  options: Partial<IdentityOptions> & { clock?: ManualClock } = {},
): Promise<Instance> {
  const clock = options.clock ?? new ManualClock();
  const plain = testCtx(db, null, clock);
  const identity = await createIdentity({
    db,
    clock,
    bus: plain.bus,
    log: plain.log,
    secret: 'a secret that only tests know',
    issuer: 'https://holdfast.test',
    audience: 'holdfast',
    pollMs: 50,
    ...options,
    limits: { perAccount: 1_000, perAddress: 1_000, strangersPerAccount: 1_000, ...options.limits },
  });
  opened.push(identity);
  const ctx = { ...plain, db: options.db ? (options.db as OpenDatabase) : db, identity };
  return {
    ctx,
    identity,
    as: (viewer) => ({ ...ctx, viewer }),
    from: (address) => ({ ...ctx, address }),
  };
}

/** Somebody who can sign in with PASSWORD. */
export async function member(
  { ctx, identity }: Instance,
  facts: Parameters<typeof person>[2] & { role?: Viewer['role'] } = {},
): Promise<PersonRow> {
  const passwordHash = await identity.hasher.hash(PASSWORD);
  return person(ctx.db, facts.role ?? 'MEMBER', { passwordHash, ...facts });
}

/** Signs in and insists that it works. */
export async function session({ ctx }: Instance, email: string, password = PASSWORD): Promise<SignedIn> {
  const result = await signIn(ctx, { email, password });
  if ('kind' in result) throw new Error(`sign-in gave ${result.kind}`);
  return result;
}

/** What the instance makes of an access token. */
export const judge = ({ identity }: Instance, { accessToken }: Pick<SignedIn, 'accessToken'>) =>
  identity.authenticate(`Bearer ${accessToken}`);

/** The viewer of a token that must count. */
export async function viewerOf(at: Instance, tokens: Pick<SignedIn, 'accessToken'>): Promise<Viewer> {
  const judged = await judge(at, tokens);
  if (!judged || judged === 'INVALID') throw new Error('this token does not count');
  return judged.viewer;
}
