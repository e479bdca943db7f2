import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A version of terms, named by the rule that asks for them. */
export interface TermsVersion {
  readonly ruleId: string;
  readonly version: string;
}

const ACCEPTED = statement<TermsVersion>(
  'accepted-terms',
  `select rule_id as "ruleId", version from terms_acceptance
   where user_id = $1::uuid and rule_id = any ($2::uuid[]) and reservation_id is null`,
);

/** Which versions of the terms of these rules the person has accepted once and for all. */
export const acceptedTerms = (
  on: Queryable,
  userId: string,
  ruleIds: readonly string[],
): Promise<TermsVersion[]> => on.query(ACCEPTED, [userId, ruleIds]);

const ACCEPT = statement<TermsVersion & { readonly reservationId: string | null }>(
  'accept-terms',
  `insert into terms_acceptance (id, user_id, rule_id, version, reservation_id, accepted_at)
   select uuid_at(clock.at), $2::uuid, t.rule_id, t.version, t.reservation_id, clock.at
   from unnest($3::uuid[], $4::text[], $5::uuid[]) as t (rule_id, version, reservation_id),
     date_trunc('milliseconds', ${NOW}) as clock (at)
   on conflict do nothing
   returning rule_id as "ruleId", version, reservation_id as "reservationId"`,
);

/** Writes down what is accepted, once and for all or for one reservation; returns what was not there before. */
export const acceptTerms = (
  tx: Queryable,
  now: string | null,
  userId: string,
  accepted: readonly (TermsVersion & { readonly reservationId: string | null })[],
): Promise<(TermsVersion & { readonly reservationId: string | null })[]> =>
  tx.query(ACCEPT, [
    now,
    userId,
    accepted.map(({ ruleId }) => ruleId),
    accepted.map(({ version }) => version),
    accepted.map(({ reservationId }) => reservationId),
  ]);
