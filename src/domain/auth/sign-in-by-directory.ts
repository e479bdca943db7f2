import { SQLSTATE, sqlstateOf } from '../../sql/sqlstate.js';
import { checkText } from '../text.js';
import { admitDirectoryPerson } from '../users/admit-directory-person.js';
import type { Applied } from '../users/apply-directory-facts.js';
import type { DirectoryFacts } from '../users/directory-facts.js';
import type { DirectorySignIn } from './directory-rules.js';
import { decidedGroups, factsFrom } from './directory-wish.js';
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
 * The account of whom the directory vouches for, with all that it says of that person applied. Nothing is written for
 * anybody else.
 * @returns null for all who are refused
 * @throws Unavailable when no server of the directory answers within 5 s, or the database is away
 */
export async function proveByDirectory(
  ctx: AuthCtx,
  directory: DirectorySignIn,
  input: { readonly login: string; readonly password: string },
): Promise<string | null> {
  if (foldedLogin(input.login) === '') return null;
  const person = await directory.directory.authenticate(input.login.trim(), input.password);
  if (!person || person.isDisabled) return null;
  const facts = factsFrom(person, directory, await decidedGroups(ctx.db, directory));
  const admitted = await admit(ctx, facts);
  if (admitted?.endsTokens) ctx.bus.wake({ kind: 'sessions' });
  return admitted?.userId ?? null;
}

/** The second of two first sign-ins at once finds the person whom the other has made. */
async function admit(ctx: AuthCtx, facts: DirectoryFacts): Promise<Applied | null> {
  const once = () => ctx.db.unitOfWork((em, tx) => admitDirectoryPerson(em, tx, ctx, facts));
  try {
    return await once();
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.uniqueViolation) throw error;
    return once();
  }
}
