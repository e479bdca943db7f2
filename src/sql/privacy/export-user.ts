import { type Queryable, statement } from '../statement.js';

/** One thing of a section, and by what the next page goes on. */
interface ExportRow {
  readonly key: string;
  readonly row: unknown;
}

/** SQL: a section from `source`, each with a unique text as its key, behind `$2`, of the person `$1`. */
const section = (key: string, row: string, source: string): string =>
  `select * from (select ${key} as key, ${row} as row from ${source}) s where key > $2 order by key limit $3`;

/**
 * Everything that is kept about a person, under the names that the file gives it; no secret, and nothing that is only
 * derived from the rest.
 */
const SECTIONS = {
  profile: section(
    'u.id::text',
    `to_jsonb(u) - 'password_hash' || jsonb_build_object('has_password', u.password_hash is not null)`,
    'app_user u where u.id = $1',
  ),
  sessions: section(
    's.id::text',
    `to_jsonb(s) - 'user_id' - 'tokens_from'`,
    'session s where s.user_id = $1',
  ),
  groups: section(
    'g.id::text',
    `jsonb_build_object('id', g.id, 'name', g.name)`,
    'user_group g join group_member l on l.group_id = g.id where l.user_id = $1',
  ),
  trainings: section(
    't.id::text',
    `to_jsonb(l) - 'user_id' || jsonb_build_object('name', t.name)`,
    'user_training l join training t on t.id = l.training_id where l.user_id = $1',
  ),
  resources_in_care: section(
    'r.id::text',
    `jsonb_build_object('id', r.id, 'name', r.name)`,
    'resource r join resource_manager l on l.resource_id = r.id where l.user_id = $1',
  ),
  places_in_care: section(
    'p.id::text',
    `jsonb_build_object('id', p.id, 'name', p.name)`,
    'place p join care l on l.place_id = p.id where l.user_id = $1',
  ),
  delegates: section('d.id::text', 'to_jsonb(d)', 'delegate d where $1 in (d.user_id, d.delegate_id)'),
  deputies: section('d.id::text', 'to_jsonb(d)', 'deputy d where $1 in (d.user_id, d.deputy_id)'),
  reservations: section(
    'v.id::text',
    `to_jsonb(v) - 'occupies_until' || jsonb_build_object('resources', (
      select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'quantity', c.quantity, 'occupied_from', lower(c.occupied),
        'occupied_until', upper(c.occupied)) order by r.id)
      from claim c join resource r on r.id = c.resource_id where c.reservation_id = v.id and c.kind = 'OWN'))`,
    'reservation v where $1 in (v.owner_id, v.creator_id)',
  ),
  waits: section('w.id::text', `to_jsonb(w) - 'user_id' - 'targets'`, 'wait w where w.user_id = $1'),
  // from where: digests that nobody can read
  familiar_origins: section(
    `encode(o.mark, 'hex')`,
    `jsonb_build_object('seen_at', o.seen_at)`,
    'familiar_origin o where o.user_id = $1',
  ),
  series: section('s.id::text', 'to_jsonb(s)', 'series s where $1 in (s.owner_id, s.creator_id)'),
  imported_events: section(
    `concat_ws(' ', e.resource_id, e.uid)`,
    `to_jsonb(e) - 'owner_id'`,
    'imported_event e where e.owner_id = $1',
  ),
  invitations: section('p.id::text', 'to_jsonb(p)', 'participant p where $1 in (p.user_id, p.inviter_id)'),
  comments: section('c.id::text', 'to_jsonb(c)', 'reservation_comment c where c.author_id = $1'),
  attachments: section(
    'a.id::text',
    `to_jsonb(a) - 'upload_hash' - 'file_key' || jsonb_build_object('sha256', encode(a.sha256, 'hex'))`,
    'attachment a where a.uploader_id = $1',
  ),
  accepted_terms: section('t.id::text', `to_jsonb(t) - 'user_id'`, 'terms_acceptance t where t.user_id = $1'),
  approval_words: section('w.id::text', 'to_jsonb(w)', 'approval_word w where $1 in (w.user_id, w.for_id)'),
  notifications: section('n.id::text', `to_jsonb(n) - 'user_id'`, 'notification n where n.user_id = $1'),
  notification_preferences: section(
    'f.kind',
    `to_jsonb(f) - 'user_id'`,
    'notification_preference f where f.user_id = $1',
  ),
  reminder_leads: section(
    'l.minutes::text',
    `to_jsonb(l) - 'user_id'`,
    'reminder_lead l where l.user_id = $1',
  ),
  digest: section('d.user_id::text', `to_jsonb(d) - 'user_id'`, 'digest d where d.user_id = $1'),
  mails: section(
    'm.id::text',
    `to_jsonb(m) - 'user_id' - 'lease' - 'audit_id' || jsonb_build_object('event', mail_event(m))`,
    'mail m where m.user_id = $1',
  ),
  feeds: section('f.id::text', `to_jsonb(f) - 'token_hash' - 'owner_id'`, 'feed f where f.owner_id = $1'),
  authenticator_apps: section(
    't.id::text',
    `to_jsonb(t) - 'user_id' - 'secret_sealed'`,
    'totp t where t.user_id = $1',
  ),
  recovery_codes: section(
    `encode(r.hash, 'hex')`,
    `jsonb_build_object('used_at', r.used_at)`,
    'recovery_code r where r.user_id = $1',
  ),
  passkeys: section(
    'p.id::text',
    `to_jsonb(p) - 'user_id' - 'credential_id' - 'public_key'`,
    'passkey p where p.user_id = $1',
  ),
  identities: section(
    `concat_ws(' ', i.issuer, i.subject)`,
    `to_jsonb(i) - 'user_id'`,
    'user_identity i where i.user_id = $1',
  ),
  api_clients: section('c.id::text', 'to_jsonb(c)', 'api_client c where $1 in (c.owner_id, c.creator_id)'),
  documents: section(
    'o.id::text',
    `to_jsonb(o) - 'hash'`,
    'persisted_operation o where $1 in (o.creator_id, o.decider_id)',
  ),
  closures: section('c.id::text', `to_jsonb(c)`, 'closure c where c.creator_id = $1'),
  webhooks: section(
    'h.id::text',
    `jsonb_build_object('id', h.id, 'name', h.name, 'url', h.url, 'created_at', h.created_at)`,
    'webhook h where h.creator_id = $1',
  ),
  audit: section(
    'a.id::text',
    // from where others have acted is theirs
    `to_jsonb(a) - 'xid' - case when a.actor_id = $1 then '{}' else '{source,request_id}' end::text[]`,
    '(select * from audit where actor_id = $1 union select * from audit where subject_id = $1) a',
  ),
} as const;

const STATEMENTS = Object.entries(SECTIONS).map(
  ([name, text]) => [name, statement<ExportRow>(`export-${name}`, text)] as const,
);

/** The sections in their order, each as pages of up to `limit` things that are read as they are taken. */
export function* exportSections(
  on: Queryable,
  userId: string,
  limit: number,
): Generator<readonly [name: string, pages: AsyncGenerator<readonly unknown[]>]> {
  for (const [name, each] of STATEMENTS) {
    const pages = async function* () {
      let after = '';
      for (;;) {
        const rows = await on.query(each, [userId, after, limit]);
        if (rows.length > 0) yield rows.map(({ row }) => row);
        if (rows.length < limit) return;
        after = rows.at(-1)?.key ?? '';
      }
    };
    yield [name, pages()];
  }
}
