import { type Queryable, statement } from '../statement.js';
import type { NotificationKind } from './told-event.js';

/** NOW: as soon as it happens. DIGEST: with the next digest. */
export type MailTiming = 'NOW' | 'DIGEST' | 'OFF';

/** How a person is told of one kind of thing. */
export interface PreferenceRow {
  readonly kind: NotificationKind;
  readonly inApp: boolean;
  readonly byMail: boolean;
  readonly mail: MailTiming;
  /** Whether it is told in the app to anybody. */
  readonly isInAppKind: boolean;
  /** Whether its mail may wait for a digest. */
  readonly canWait: boolean;
}

const READ = statement<PreferenceRow>(
  'notification-preferences',
  `select k.kind, k.in_app and coalesce(f.in_app, true) as "inApp", coalesce(f.by_mail, k.by_mail) as "byMail",
     case when not coalesce(f.by_mail, k.by_mail) then 'OFF' when f.digest then 'DIGEST' else 'NOW' end as mail,
     k.in_app as "isInAppKind", k.can_wait as "canWait"
   from notification_kind k left join notification_preference f on f.kind = k.kind and f.user_id = $1
   where not k.always order by k.number`,
);

/** How the person is told of each kind, in the order of a reservation's life; defaults where nothing was chosen. What is always told is not among them. */
export const readPreferences = (on: Queryable, userId: string): Promise<PreferenceRow[]> =>
  on.query(READ, [userId]);

const WRITE = statement<never>(
  'notification-preferences-write',
  `insert into notification_preference (user_id, kind, in_app, by_mail, digest)
   select $1, p.kind, p.in_app, p.mail <> 'OFF', p.mail = 'DIGEST'
   from unnest($2::text[], $3::boolean[], $4::text[]) as p (kind, in_app, mail)
   on conflict (user_id, kind) do update
     set in_app = excluded.in_app, by_mail = excluded.by_mail, digest = excluded.digest`,
);

/** Keeps what the person has chosen of these kinds. */
export async function writePreferences(
  tx: Queryable,
  userId: string,
  rows: readonly PreferenceRow[],
): Promise<void> {
  await tx.query(WRITE, [
    userId,
    rows.map(({ kind }) => kind),
    rows.map(({ inApp }) => inApp),
    rows.map(({ mail }) => mail),
  ]);
}
