import type { Language, UserRow } from '../../sql/users/user-columns.js';
import type { Role, ViewerCtx } from '../act.js';
import type { InvalidInput } from '../failure.js';
import { addRefusal, addUser } from './add-user.js';
import type { HashingCtx } from './password-hasher.js';
import { checkNewPassword } from './password-policy.js';
import type { EmailTaken } from './user-failure.js';
import { checkEmail, checkTimeZone, checkUserName, normalEmail } from './user-policy.js';

export interface CreateUserInput {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly timeZone?: string | null | undefined;
  readonly language?: Language | null | undefined;
  /** Without one the person cannot sign in here until an administrator sets one. */
  readonly password?: string | null | undefined;
}

/**
 * Adds a person. For administrators.
 * @returns the new person, EmailTaken, or what is wrong with the input
 */
export async function createUser(
  ctx: ViewerCtx & HashingCtx,
  input: CreateUserInput,
): Promise<UserRow | InvalidInput | EmailTaken> {
  const timeZone = input.timeZone ?? 'UTC';
  const refusal =
    checkEmail(normalEmail(input.email), ['email']) ??
    checkUserName(input.name, ['name']) ??
    checkTimeZone(timeZone, ['timeZone']) ??
    (input.password == null
      ? null
      : await checkNewPassword(ctx.identity.breached, input.password, input, ['password']));
  if (refusal) return refusal;
  const passwordHash = input.password == null ? null : await ctx.identity.hasher.hash(input.password);
  const { email, name, role } = input;
  const language = input.language ?? 'EN';
  try {
    return await ctx.db.unitOfWork((em, tx) =>
      addUser(em, tx, ctx, { email, name, role, timeZone, language, passwordHash }),
    );
  } catch (error) {
    return addRefusal(error);
  }
}
