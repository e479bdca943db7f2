import type { Role } from '../../domain/act.js';
import { type Queryable, statement } from '../statement.js';

/** What rules look at of a person. */
export interface PersonFacts {
  readonly id: string;
  readonly role: Role;
  readonly active: boolean;
  readonly groupIds: readonly string[];
  /** Those that have ended too: the engine decides by the window. Null: for good. */
  readonly trainings: readonly { readonly trainingId: string; readonly validUntil: string | null }[];
}

/** SQL that prints user `u` as PersonFacts. */
export const personJson = (u: string): string => `json_build_object('id', ${u}.id, 'role', ${u}.role,
    'active', ${u}.active, 'groupIds', array(select m.group_id from group_member m where m.user_id = ${u}.id),
    'trainings', (select coalesce(json_agg(json_build_object('trainingId', t.training_id,
      'validUntil', t.valid_until)), '[]') from user_training t where t.user_id = ${u}.id))`;

const READ = statement<{ person: PersonFacts }>(
  'read-people',
  `select ${personJson('u')} as person from app_user u where u.id = any ($1::uuid[])`,
);

/** The people by id, in one statement; who does not exist is missing. */
export async function readPeople(on: Queryable, ids: readonly string[]): Promise<Map<string, PersonFacts>> {
  const rows = await on.query(READ, [ids]);
  return new Map(rows.map(({ person }) => [person.id, person]));
}
