import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import type { ViewerCtx } from '../act.js';
import { createUser } from '../users/create-user.js';
import type { HashingCtx } from '../users/password-hasher.js';
import { type UpdateUserInput, updateUser } from '../users/update-user.js';
import type { ProofRequired } from './factors/factor-failure.js';
import { requireProof } from './factors/require-proof.js';

type NewUser = Parameters<typeof createUser>[1];

/** createUser, for administrators; who makes another administrator proves first who sits there. */
export async function createPerson(
  ctx: ViewerCtx & HashingCtx,
  input: NewUser,
): Promise<Awaited<ReturnType<typeof createUser>> | ProofRequired> {
  const refusal = input.role === 'ADMINISTRATOR' ? await requireProof(ctx.db, ctx) : null;
  return refusal ?? createUser(ctx, input);
}

const administers = ({ role, isActive }: Pick<UserRow, 'role' | 'isActive'>): boolean =>
  role === 'ADMINISTRATOR' && isActive;

/** Whether an administrator would make another one of somebody by it: by the role, or by opening the account again. */
async function raises({ db, viewer }: ViewerCtx, { id, role, isActive }: UpdateUserInput): Promise<boolean> {
  if (viewer.role !== 'ADMINISTRATOR') return false;
  const [before] = await usersByIds(db, [id]);
  const after = before && { role: role ?? before.role, isActive: isActive ?? before.isActive };
  return before !== undefined && after !== undefined && !administers(before) && administers(after);
}

/** updateUser; who makes an administrator of somebody proves first who sits there. */
export async function updatePerson(
  ctx: ViewerCtx,
  input: UpdateUserInput,
): Promise<Awaited<ReturnType<typeof updateUser>> | ProofRequired> {
  const refusal = (await raises(ctx, input)) ? await requireProof(ctx.db, ctx) : null;
  return refusal ?? updateUser(ctx, input);
}
