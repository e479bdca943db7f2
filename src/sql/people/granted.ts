import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** A training that a person has, or had until then. */
export interface GrantedRow {
  readonly userId: string;
  readonly trainingId: string;
  readonly grantedAt: string;
  /** Null: for good. */
  readonly validUntil: string | null;
}

const COLUMNS = `user_id as "userId", training_id as "trainingId", granted_at as "grantedAt", valid_until as "validUntil"`;

const GRANT = statement<GrantedRow>(
  'training-grant',
  `insert into user_training (user_id, training_id, granted_at, granted_by, valid_until)
   select $2::uuid, $3::uuid, date_trunc('milliseconds', ${NOW}), $4::uuid, $5::timestamptz
   where $5::timestamptz is null or $5::timestamptz > ${NOW}
   on conflict (user_id, training_id) do update
     set granted_at = excluded.granted_at, granted_by = excluded.granted_by, valid_until = excluded.valid_until
   returning ${COLUMNS}`,
);

/** Grants the training anew, whatever was granted before; null where it would have ended already. */
export async function grant(
  tx: Queryable,
  now: string | null,
  granted: { readonly userId: string; readonly trainingId: string; readonly validUntil: Date | null },
  actorId: string,
): Promise<GrantedRow | null> {
  const { userId, trainingId, validUntil } = granted;
  const [row] = await tx.query(GRANT, [now, userId, trainingId, actorId, validUntil?.toISOString() ?? null]);
  return row ?? null;
}

const HELD = statement<GrantedRow>(
  'training-held',
  `select ${COLUMNS} from user_training where user_id = $1 and training_id = $2`,
);

/** What the person has of this training, ended or not; null where it was never granted or was taken away. */
export async function heldTraining(
  on: Queryable,
  userId: string,
  trainingId: string,
): Promise<GrantedRow | null> {
  return (await on.query(HELD, [userId, trainingId]))[0] ?? null;
}

const REVOKE = statement<GrantedRow>(
  'training-revoke',
  `delete from user_training where user_id = $1 and training_id = $2 returning ${COLUMNS}`,
);

/** Takes the training away; null where the person does not have it. */
export async function revoke(tx: Queryable, userId: string, trainingId: string): Promise<GrantedRow | null> {
  return (await tx.query(REVOKE, [userId, trainingId]))[0] ?? null;
}

const OF_USERS = statement<GrantedRow>(
  'trainings-of-users',
  `select ${COLUMNS} from user_training t where user_id = any ($1::uuid[])
   order by (select name from training where id = t.training_id), training_id`,
);

/** Each person's trainings, those that have ended included, by name. */
export async function trainingsOf(
  on: Queryable,
  userIds: readonly string[],
): Promise<Map<string, GrantedRow[]>> {
  return Map.groupBy(await on.query(OF_USERS, [userIds]), ({ userId }) => userId);
}
