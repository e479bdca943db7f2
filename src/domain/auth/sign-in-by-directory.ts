import type { Renewal } from '../../sql/sessions/session-open.js';
import { SQLSTATE, sqlstateOf } from '../../sql/sqlstate.js';
import { checkText } from '../text.js';
import { admitDirectoryPerson, type DirectoryFacts } from '../users/admit-directory-person.js';
import { beginSession } from './begin-session.js';
import { type DirectorySignIn, roleOf } from './directory-role.js';
import type { AuthCtx } from './identity.js';

const MOST_LOGIN = 254;

/**
 * One spelling for what a directory takes for the same login (RFC 4518, and Active Directory looks past accents), so
 * that guesses are counted together however they are written; empty for what cannot be one.
 */
export const foldedLogin = (login: string): string =>
  checkText(login, [], 1, MOST_LOGIN) === null
    ? login
        .normalize('NFKD')
        .replace(/[\p{M}\p{Cf}]/gu, '')
        .replace(/\s+/g, ' ')
        .trim()
        .toLowerCase()
    : '';

/**
 * Opens a session for whom the directory vouches, and applies what it says of that person. Nothing is written
 * for anybody else.
 * @returns null for all who are refused
 * @throws Unavailable when no server of the directory answers within 5 s, or the database is away
 */
export async function signInByDirectory(
  ctx: AuthCtx,
  { directory, roleGroups, defaultRole }: DirectorySignIn,
  input: { readonly login: string; readonly password: string },
  refreshToken: string,
): Promise<Renewal | null> {
  if (foldedLogin(input.login) === '') return null;
  const person = await directory.authenticate(input.login.trim(), input.password);
  if (!person || person.isDisabled) return null;
  const { externalId, email, name, groups } = person;
  const firstRole = roleOf(groups, roleGroups) ?? defaultRole;
  const role = roleGroups.length > 0 ? firstRole : null;
  const opened = await open(ctx, { externalId, email, name, firstRole, role }, refreshToken);
  if (opened?.endsTokens) ctx.bus.wake({ kind: 'sessions' });
  return opened?.renewal ?? null;
}

/** The second of two first sign-ins at once finds the person whom the other has made. */
async function open(ctx: AuthCtx, facts: DirectoryFacts, refreshToken: string) {
  try {
    return await admit(ctx, facts, refreshToken);
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.uniqueViolation) throw error;
    return admit(ctx, facts, refreshToken);
  }
}

const admit = (ctx: AuthCtx, facts: DirectoryFacts, refreshToken: string) =>
  ctx.db.unitOfWork(async (em, tx) => {
    const admitted = await admitDirectoryPerson(em, tx, ctx, facts);
    if (!admitted) return null;
    const account = { id: admitted.userId, passwordHash: null };
    const renewal = await beginSession(tx, ctx, account, refreshToken);
    return { renewal, endsTokens: admitted.endsTokens };
  });
