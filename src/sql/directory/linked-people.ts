import type { Role } from '../../domain/act.js';
import { type Queryable, statement } from '../statement.js';

/** Who is linked to a person of the directory, and who has that person's address. */
export interface LinkedRow {
  readonly externalId: string;
  /** Null where nobody is linked. */
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: Role;
    readonly isActive: boolean;
    readonly isClosedByDirectory: boolean;
    readonly hasPassword: boolean;
    /** Among those asked for. */
    readonly groupIds: readonly string[];
  } | null;
  /** Another account than the linked one has the address. */
  readonly isAddressTaken: boolean;
  /** That account is open and has neither a password here nor a link. */
  readonly isAddressFree: boolean;
}

const LINKED = statement<LinkedRow>(
  'directory-linked',
  `select f.external_id as "externalId",
     case when u.id is not null then json_build_object('id', u.id, 'email', u.email, 'name', u.name, 'role', u.role,
       'isActive', u.active, 'isClosedByDirectory', u.closed_by_directory, 'hasPassword', u.password_hash is not null,
       'groupIds', array(select m.group_id from group_member m
         where m.user_id = u.id and m.group_id = any ($3::uuid[]))) end as "user",
     o.id is not null as "isAddressTaken",
     coalesce(o.active and o.password_hash is null and o.external_id is null, false) as "isAddressFree"
   from unnest($1::text[], $2::text[]) f (external_id, email)
   left join app_user u on u.external_id = f.external_id
   left join app_user o on o.email = f.email and o.id is distinct from u.id`,
);

/** What is known here of these people of the directory (ids, and addresses in lower case or null), one row each. */
export const linkedPeople = (
  db: Queryable,
  people: readonly { readonly externalId: string; readonly email: string | null }[],
  groupIds: readonly string[],
): Promise<LinkedRow[]> =>
  db.query(LINKED, [people.map(({ externalId }) => externalId), people.map(({ email }) => email), groupIds]);

const PAGE = statement<{ id: string; externalId: string }>(
  'directory-linked-page',
  `select id, external_id as "externalId" from app_user
   where external_id is not null and password_hash is null and active and ($1::uuid is null or id > $1)
   order by id limit $2`,
);

/** Up to `limit` open accounts that are the directory's, by id. */
export const linkedPage = (
  db: Queryable,
  after: string | null,
  limit: number,
): Promise<{ id: string; externalId: string }[]> => db.query(PAGE, [after, limit]);

const COUNT = statement<{ count: number }>(
  'directory-linked-count',
  `select count(*)::integer as count from app_user
   where external_id is not null and password_hash is null and active`,
);

/** How many of them there are. */
export const countLinked = async (db: Queryable): Promise<number> =>
  (await db.query(COUNT, []))[0]?.count ?? 0;
