import type { EntityManager } from '@mikro-orm/postgresql';
import type { Queryable } from '../../sql/statement.js';
import { isPerson } from '../../sql/users/is-person.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { Language, UserRow } from '../../sql/users/user-columns.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { Role, ViewerCtx } from '../act.js';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type VersionConflict,
} from '../failure.js';
import { settleChange } from './settle-change.js';
import { User } from './user.entity.js';
import { type LastAdministrator, lastAdministrator } from './user-failure.js';
import { checkTimeZone, checkUserName } from './user-policy.js';

export interface UpdateUserInput {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly role?: Role | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly language?: Language | null | undefined;
  readonly isActive?: boolean | null | undefined;
  readonly expectedVersion?: number | null | undefined;
}

type Refusal = InvalidInput | NotFound | VersionConflict | LastAdministrator;

/**
 * Changes what is given of a person: administrators everything of everybody, others their own name, time
 * zone and language. A new role voids the person's access tokens (clients refresh and carry the new role), and
 * deactivation ends the person's sessions, and the directory does not take it back. There is always an active administrator left.
 */
export async function updateUser(ctx: ViewerCtx, input: UpdateUserInput): Promise<UserRow | Refusal> {
  const refusal = mayNot(ctx, input) ?? wrong(input);
  if (refusal) return refusal;
  const outcome = await ctx.db.unitOfWork((em, tx) => change(em, tx, ctx, input));
  if ('kind' in outcome) return outcome;
  if (outcome.endsTokens) ctx.bus.wake({ kind: 'sessions' });
  return outcome.user;
}

function mayNot({ viewer }: ViewerCtx, input: UpdateUserInput): Refusal | null {
  if (viewer.role === 'ADMINISTRATOR') return null;
  if (viewer.userId !== input.id) return notFound(['id'], 'user');
  const sentence = 'Only administrators change this.';
  if (input.role != null) return invalidInput(['role'], sentence);
  return input.isActive == null ? null : invalidInput(['isActive'], sentence);
}

const wrong = ({ name, timeZone }: UpdateUserInput): Refusal | null =>
  (name == null ? null : checkUserName(name, ['name'])) ??
  (timeZone == null ? null : checkTimeZone(timeZone, ['timeZone']));

async function change(
  em: EntityManager,
  tx: Queryable,
  ctx: ViewerCtx,
  input: UpdateUserInput,
): Promise<Refusal | { user: UserRow; endsTokens: boolean }> {
  const mayDemote = (input.role != null && input.role !== 'ADMINISTRATOR') || input.isActive === false;
  const { user: before, otherAdministrators } = await lockUser(tx, input.id, mayDemote);
  if (!before || !(await isPerson(tx, input.id))) return notFound(['id'], 'user');
  if (input.expectedVersion != null && input.expectedVersion !== before.version)
    return stale(before, input.expectedVersion);
  const role = input.role ?? before.role;
  const isActive = input.isActive ?? before.isActive;
  const administers = before.role === 'ADMINISTRATOR' && before.isActive;
  if (administers && !(role === 'ADMINISTRATOR' && isActive) && otherAdministrators === 0)
    return lastAdministrator([input.isActive === false ? 'isActive' : 'role']);
  const entity = await em.findOneOrFail(User, input.id);
  em.assign(entity, {
    name: input.name?.trim() ?? before.name,
    timeZone: input.timeZone ?? before.timeZone,
    language: input.language ?? before.language,
    role,
    active: isActive,
    closedByDirectory: input.isActive == null ? entity.closedByDirectory : false,
  });
  await em.flush();
  const [user = before] = await usersByIds(tx, [input.id]);
  if (user.version === before.version) return { user, endsTokens: false };
  return { user, endsTokens: await settleChange(tx, ctx, 'user.update', before, user) };
}

const stale = (user: UserRow, expectedVersion: number): VersionConflict => ({
  kind: 'VersionConflict',
  message: 'This person has been changed meanwhile.',
  path: ['expectedVersion'],
  expectedVersion,
  currentVersion: user.version,
  current: { node: 'User', id: user.id },
});
