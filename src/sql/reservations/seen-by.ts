import type { Role } from '../../domain/act.js';
import { looksAfter, looksAfterAnything } from '../resources/care.js';
import { belongsTo } from './belongs-to.js';

/** Who looks. */
export interface Onlooker {
  readonly userId: string;
  readonly role: Role;
}

/** Whether there is nothing that this person does not see. */
export const seesAll = ({ role }: Onlooker): boolean => role === 'ADMINISTRATOR' || role === 'MANAGER';

/** SQL: the role of that user. */
export const roleOf = (user: string): string => `(select role from app_user where id = ${user})`;

/**
 * SQL: whether the reservation with alias `r` concerns the user, so that it is theirs to see however private it is: who
 * has it, has made it, acts for its owner, takes part, looks after something of it, or is or was asked to decide about it. Most
 * people look after nothing, which is asked once; without the offset PostgreSQL would first gather all that the others do.
 */
const concerns = (r: string, user: string, now: string): string => `${belongsTo(r, user, now)}
  or exists (select from participant p where p.reservation_id = ${r}.id and p.user_id = ${user})
  or ${looksAfterAnything(user)} and exists (
    select from claim c where c.reservation_id = ${r}.id and c.kind = 'OWN' and ${looksAfter('c.resource_id', user)} offset 0)
  or exists (select from approval a where a.reservation_id = ${r}.id) and asked_to_decide(${r}.id, ${user}, ${now})`;

const seesEverything = (role: string): string => `${role} in ('ADMINISTRATOR', 'MANAGER')`;

/**
 * SQL: whether that user, in that role, sees the reservation with alias `r`; to everybody else it is something that is
 * taken, without a name. The one place that decides it: what reads reservations for people has it in its condition.
 */
export const isSeen = (
  r: string,
  user: string,
  role: string,
  now: string,
): string => `(${seesEverything(role)}
  or ${role} <> 'GUEST' and ${r}.visibility = 'PUBLIC' or ${concerns(r, user, now)})`;

/** SQL: the same for the series with alias `s`: it is seen by whoever sees it as such, or any reservation of it. */
export const isSeriesSeen = (
  s: string,
  user: string,
  role: string,
  now: string,
): string => `(${seesEverything(role)}
  or ${role} <> 'GUEST' and ${s}.visibility = 'PUBLIC' or ${belongsTo(s, user, now)}
  or exists (select from reservation v where v.series_id = ${s}.id and (${concerns('v', user, now)})))`;
