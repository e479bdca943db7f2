import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/**
 * Keeps hashes of who the person is in the directory and at the provider, takes the person out of the account, ends the sessions, and removes what is theirs
 * alone. One statement: parts of it see the account as it was before.
 */
const ERASE = statement<{ name: string }>(
  'erase-account',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), listed as (
    insert into erasure (user_id, at, actor_id, external_hash)
    select u.id, clock.now, $3::uuid, sha256(convert_to(u.external_id, 'UTF8')) from app_user u, clock where u.id = $2::uuid
  ), bare as (
    update app_user u set name = 'Former member ' || right(u.id::text, 4), email = 'former-' || u.id || '@erased.invalid',
      active = false, password_hash = null, external_id = null, time_zone = 'UTC', language = 'EN', version = u.version + 1
    where u.id = $2
    returning u.name
  ), ended as (
    update session s set user_agent = null, address = null, revoked_at = coalesce(s.revoked_at, clock.now)
    from clock where s.user_id = $2
  ), tokens as (
    delete from refresh_token t using session s where s.id = t.session_id and s.user_id = $2
  ), groups as (
    delete from group_member where user_id = $2
  ), trainings as (
    delete from user_training where user_id = $2
  ), care as (
    delete from resource_manager where user_id = $2
  ), more_care as (
    delete from care where user_id = $2
  ), deputies as (
    delete from deputy where $2 in (user_id, deputy_id)
  ), delegates as (
    delete from delegate where $2 in (user_id, delegate_id)
  ), feeds as (
    delete from feed where owner_id = $2
  ), apps as (
    delete from totp where user_id = $2
  ), codes as (
    delete from recovery_code where user_id = $2
  ), passkeys as (
    delete from passkey where user_id = $2
  ), guesses as (
    delete from factor_guess where user_id = $2
  ), questions as (
    delete from challenge where user_id = $2
  ), identities as (
    delete from user_identity where user_id = $2 returning issuer, subject
  ), barred as (
    insert into erased_identity (hash) select identity_hash(issuer, subject) from identities on conflict do nothing
  ), waits as (
    delete from wait where user_id = $2
  ), origins as (
    delete from familiar_origin where user_id = $2
  ), wishes as (
    delete from notification_preference where user_id = $2
  ), leads as (
    delete from reminder_lead where user_id = $2
  ), digests as (
    delete from digest where user_id = $2
  )
  select name from bare`,
);

/** Erases the account of a locked person in the transaction, and returns the pseudonym that is left. */
export async function eraseAccount(
  tx: Queryable,
  now: string | null,
  userId: string,
  actorId: string,
): Promise<string> {
  const [row] = await tx.query(ERASE, [now, userId, actorId]);
  if (!row) throw new Error('the person to erase is not there');
  return row.name;
}
