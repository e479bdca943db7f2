import { type Queryable, statement } from '../statement.js';

/** How many there were of each. */
export interface FactorsTaken {
  readonly apps: number;
  readonly recoveryCodes: number;
  readonly passkeys: number;
}

const RESET = statement<FactorsTaken>(
  'factors-reset',
  `with apps as (delete from totp where user_id = $1 returning confirmed_at),
   codes as (delete from recovery_code where user_id = $1 returning used_at),
   keys as (delete from passkey where user_id = $1 returning id),
   challenges as (delete from challenge where user_id = $1)
   select (select count(confirmed_at)::integer from apps) as apps,
     (select count(*)::integer from codes where used_at is null) as "recoveryCodes",
     (select count(*)::integer from keys) as passkeys`,
);

/** Takes all second factors from the person, and what was asked of them. Returns what counted until now. */
export const resetFactors = async (tx: Queryable, userId: string): Promise<FactorsTaken> => {
  const [taken] = await tx.query(RESET, [userId]);
  return taken ?? { apps: 0, recoveryCodes: 0, passkeys: 0 };
};
