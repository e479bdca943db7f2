import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const TELL = statement<never>(
  'directory-tell-administrators',
  `insert into notification (id, user_id, kind, message, created_at)
   select uuid_at(${NOW}), u.id, k.kind, $2, ${NOW}
   from app_user u
   join notification_kind k on k.kind = 'DIRECTORY_SYNC_REFUSED'
   left join notification_preference f on f.user_id = u.id and f.kind = k.kind
   where u.role = 'ADMINISTRATOR' and u.active and coalesce(f.in_app, k.in_app)`,
);

/** Tells every administrator in the app that a sync with the directory was refused; the sentence is for whoever reads the table. */
export const tellAdministrators = async (
  tx: Queryable,
  now: string | null,
  sentence: string,
): Promise<void> => {
  await tx.query(TELL, [now, sentence]);
};
