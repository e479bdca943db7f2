import { randomBytes } from 'node:crypto';
import type { UserRow } from '../../sql/users/user-columns.js';
import { lacksAdministrator } from '../../sql/users/user-first-administrator.js';
import type { InvalidInput } from '../failure.js';
import { addRefusal, addUser } from './add-user.js';
import type { HashingCtx } from './password-hasher.js';
import { checkNewPassword } from './password-policy.js';
import type { EmailTaken } from './user-failure.js';
import { checkEmail, normalEmail } from './user-policy.js';

export interface FirstAdministrator {
  readonly user: UserRow;
  /** Only where it was made here: shown once, kept nowhere. */
  readonly generatedPassword: string | null;
}

const NAME = 'Administrator';

/**
 * Creates an administrator on a database where nobody is an active one. Instances that start together make
 * one between them.
 * @returns null where there is one already
 */
export async function ensureFirstAdministrator(
  ctx: HashingCtx,
  input: { readonly email: string; readonly password?: string | null | undefined },
): Promise<FirstAdministrator | null | InvalidInput | EmailTaken> {
  const generatedPassword = input.password == null ? randomBytes(15).toString('base64url') : null;
  const password = input.password ?? generatedPassword ?? '';
  const owner = { email: normalEmail(input.email), name: NAME };
  const refusal =
    checkEmail(owner.email, ['email']) ??
    (await checkNewPassword(ctx.identity.breached, password, owner, ['password']));
  if (refusal) return refusal;
  try {
    return await ctx.db.unitOfWork(async (em, tx) => {
      if (!(await lacksAdministrator(tx))) return null;
      const passwordHash = await ctx.identity.hasher.hash(password);
      const { email } = input;
      const facts = {
        email,
        name: NAME,
        role: 'ADMINISTRATOR',
        timeZone: 'UTC',
        passwordHash,
      } as const;
      return { user: await addUser(em, tx, ctx, facts), generatedPassword };
    });
  } catch (error) {
    return addRefusal(error);
  }
}
