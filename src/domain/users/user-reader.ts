import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { userPage } from '../../sql/users/user-page.js';
import type { Ctx, Role, ViewerCtx } from '../act.js';

export interface UserFilter {
  readonly roles?: readonly Role[] | null | undefined;
  readonly isActive?: boolean | null | undefined;
  /** Looked for anywhere in the name, and in the email address where the viewer may see those. */
  readonly text?: string | null | undefined;
}

export interface UserPageInput {
  readonly limit: number;
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly filter: UserFilter;
}

/** Whether the viewer may see this person's email address: managers and administrators, and oneself. */
export const seesEmail = (viewer: Ctx['viewer'], userId: string): boolean =>
  viewer?.role === 'ADMINISTRATOR' || viewer?.role === 'MANAGER' || viewer?.userId === userId;

/** Whether the viewer may look this person up: guests see only themselves. */
export const seesUser = (viewer: Ctx['viewer'], userId: string): boolean =>
  viewer !== null && (viewer.role !== 'GUEST' || viewer.userId === userId);

/** The users with these bare ids by id, for a loader; visibility is the caller's matter. */
export async function readUsers(ctx: Ctx, ids: readonly string[]): Promise<Map<string, UserRow>> {
  const rows = await usersByIds(ctx.db, ids);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Up to `limit` users by name that the viewer may see. Texts must be free of NUL, and `after.id` a uuid. */
export function readUserPage(ctx: ViewerCtx, { limit, after, filter }: UserPageInput): Promise<UserRow[]> {
  const { viewer } = ctx;
  return userPage(ctx.db, {
    limit,
    after,
    roles: filter.roles ?? null,
    isActive: filter.isActive ?? null,
    text: filter.text?.trim() || null,
    searchEmails: viewer.role === 'ADMINISTRATOR' || viewer.role === 'MANAGER',
    onlyId: viewer.role === 'GUEST' ? viewer.userId : null,
  });
}
