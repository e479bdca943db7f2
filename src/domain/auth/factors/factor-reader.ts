import { type FactorsRow, factorsOf } from '../../../sql/factors/factors-of.js';
import type { Queryable } from '../../../sql/statement.js';
import type { Ctx, Role } from '../../act.js';
import { reaches } from '../../scopes.js';
import type { FactorMethod } from './factor-failure.js';

/** Whether the viewer may see which factors this person has: administrators, and oneself. */
export const seesFactors = (viewer: Ctx['viewer'], userId: string): boolean =>
  reaches(viewer, 'administer') && (viewer?.role === 'ADMINISTRATOR' || viewer?.userId === userId);

/** The factors of the people with these bare ids by id, for a loader; visibility is the caller's matter. */
export async function readFactors(ctx: Ctx, ids: readonly string[]): Promise<Map<string, FactorsRow>> {
  const rows = await factorsOf(ctx.db, ids);
  return new Map(rows.map((row) => [row.userId, row]));
}

/**
 * The factors of one person.
 * @returns null where there is nobody of that id
 */
export const factorsOfPerson = async (db: Queryable, userId: string): Promise<FactorsRow | null> =>
  (await factorsOf(db, [userId]))[0] ?? null;

/** What the person can prove with besides the password; empty where there is no second factor. */
export function methodsOf({
  totpSince,
  passkeyCount,
  recoveryCodesLeft,
}: FactorsRow): readonly FactorMethod[] {
  const methods: FactorMethod[] = [];
  if (totpSince !== null) methods.push('TOTP');
  if (passkeyCount > 0) methods.push('PASSKEY');
  if (methods.length > 0 && recoveryCodesLeft > 0) methods.push('RECOVERY_CODE');
  return methods;
}

/** Whether the configuration demands a second factor of this role. */
export const isFactorRequired = (roles: readonly Role[], { role }: Pick<FactorsRow, 'role'>): boolean =>
  roles.includes(role);

/** Whether the configuration demands a second factor of this person, who has none. */
export const lacksFactor = (roles: readonly Role[], factors: FactorsRow): boolean =>
  isFactorRequired(roles, factors) && methodsOf(factors).length === 0;
