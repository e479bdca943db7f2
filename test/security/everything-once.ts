import type { Viewer } from '../../src/domain/act.js';
import { addDeputyOf } from '../../src/domain/approvals/deputies.js';
import { createFeed } from '../../src/domain/feeds/create-feed.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { registerOperation } from '../../src/domain/operations/register-operation.js';
import { addDelegateOf } from '../../src/domain/people/delegates.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { createSeries } from '../../src/domain/series/create-series.js';
import { testWebhook } from '../../src/domain/webhooks/replay-delivery.js';
import { insertPasskey } from '../../src/sql/passkeys/passkeys.js';
import { made, wanted } from '../domain/series/series-kit.js';
import { by, mustApprove } from '../kit/approvals.js';
import { apiClient } from '../kit/clients.js';
import { close, reserved } from '../kit/closures.js';
import { type TestCtx, testCtx } from '../kit/ctx.js';
import type { useDatabase } from '../kit/database.js';
import { mailsTo, withRelay } from '../kit/mails.js';
import { divided } from '../kit/parts.js';
import { person } from '../kit/people.js';
import { rule } from '../kit/rules.js';
import { pool, resourceType, room } from '../kit/things.js';
import { waiting } from '../kit/waits.js';
import { webhook } from '../kit/webhooks.js';

type Database = Awaited<ReturnType<typeof useDatabase>>;

/** Who looks: the owner has what there is, and a member nothing of it. */
export const LOOKERS = ['NOBODY', 'GUEST', 'MEMBER', 'OWNER', 'MANAGER', 'ADMINISTRATOR'] as const;

export interface EverythingOnce {
  readonly ctx: TestCtx;
  readonly viewers: Readonly<Record<(typeof LOOKERS)[number], Viewer | null>>;
  /** By the name of its type the id of one object of each. */
  readonly ids: ReadonlyMap<string, string>;
  /** A reservation that waits for approval. */
  readonly undecidedId: string;
}

const ATTRIBUTES = [
  { key: 'projector', label: 'Projector', kind: 'BOOLEAN', required: false, options: [], unit: null },
];

/** One object of each kind that there is, with something in each of its fields where that is cheap. */
export async function everythingOnce({ db, psql }: Pick<Database, 'db' | 'psql'>): Promise<EverythingOnce> {
  const [administrator, manager, owner, member, guest] = [
    await person(db, 'ADMINISTRATOR', { name: 'Ada' }),
    await person(db, 'MANAGER', { name: 'Max' }),
    await person(db, 'MEMBER', { name: 'Mia' }),
    await person(db, 'MEMBER', { name: 'Tom' }),
    await person(db, 'GUEST', { name: 'Gus' }),
  ];
  const mine = testCtx(db, owner.viewer);
  const boss = testCtx(db, manager.viewer, mine.clock);
  await withRelay(mine);
  const type = await resourceType(db, { attributes: ATTRIBUTES });
  const r = await room(db, { typeId: type.id });
  const [left, right] = [await room(db), await room(db)];
  await divided(db, r.id, [left.id, right.id]);
  const several = await pool(db);
  const asked = await room(db);
  await mustApprove(db, { resourceId: asked.id }, [by(manager.id)]);
  const length = await rule(
    db,
    'LENGTH',
    { leastMinutes: 5, mostMinutes: 600 },
    { resourceId: several.id, exemptRoles: ['ADMINISTRATOR'] },
  );
  const ids: [string, string][] = [];
  const [group, training] = [newId(), newId()];
  await psql('insert into user_group (id, name) values ($1, $2)', [group, 'Optics']);
  await psql('insert into group_member values ($1, $2)', [group, owner.id]);
  await psql('insert into training (id, name) values ($1, $2)', [training, 'Laser']);
  await psql(`insert into user_training values ($1, $2, '2026-01-01', $3)`, [owner.id, training, manager.id]);

  const kept = await reserved(mine, [r.id], '2027-03-04T09:00:00Z', '2027-03-04T10:00:00Z', {
    details: 'Secret',
  });
  const given = await reserved(mine, [several.id], '2027-03-04T09:00:00Z', '2027-03-04T10:00:00Z');
  const cancelled = await cancelReservation(boss, {
    id: given.id,
    expectedVersion: null,
    idempotencyKey: null,
  });
  const undecided = await reserved(mine, [asked.id], '2027-03-04T09:00:00Z', '2027-03-04T10:00:00Z');
  const { series } = made(await createSeries(mine, wanted([several.id])));
  const closed = await close(boss, (await room(db)).id);
  await reserved(boss, [left.id], '2027-03-05T09:00:00Z', '2027-03-05T10:00:00Z');
  const wait = await waiting(mine, [left.id], '2027-03-05T09:00:00Z', '2027-03-05T10:00:00Z');
  const [entry] = await psql<{ id: string }>('select id from audit where subject_id = $1', [kept.id]);
  const [participant, attachment, comment] = [newId(), newId(), newId()];
  await psql(
    `insert into participant (id, reservation_id, email, name, inviter_id, created_at)
     values ($1, $2, 'guest@example.com', 'Gil', $3, '2026-01-01')`,
    [participant, kept.id, owner.id],
  );
  await psql(
    `insert into attachment (id, reservation_id, uploader_id, name, type, size, file_key, sha256, created_at)
     values ($1, $2, $3, 'plan.pdf', 'application/pdf', 1, $1, sha256('x'), '2026-01-01')`,
    [attachment, kept.id, owner.id],
  );
  await psql(`insert into reservation_comment values ($1, $2, $3, 'Bring it', '2026-01-01')`, [
    comment,
    kept.id,
    owner.id,
  ]);
  const logFile = newId();
  await psql(
    `insert into log_file (id, program, machine, number, from_at, until_at, lines, bytes, sha256)
     values ($1, 'api', 'one', 1, '2026-01-01', '2026-01-01', 1, 1, sha256('x'))`,
    [logFile],
  );
  const deputy = await addDeputyOf(mine, { deputyId: manager.id, from: null, until: null });
  const { id: delegateId } = await person(db);
  const delegate = await addDelegateOf(mine, { delegateId, ownerId: null, until: null });
  const feed = await createFeed(mine, { name: 'Mine', resourceId: null, placeId: null });
  const { webhook: hook } = await webhook(boss, 'http://127.0.0.1:9');
  const delivery = await testWebhook(boss, { id: hook.id });
  const passkey = await insertPasskey(db, mine.clock.fixed(), {
    id: newId(),
    userId: owner.id,
    name: 'Phone',
    credentialId: Buffer.from('credential'),
    publicKey: Buffer.from('key'),
    signCount: 0,
    transports: ['internal'],
  });
  const { client } = await apiClient(mine, { ownerId: owner.id });
  const [secret] = await psql<{ id: string }>('select id from api_secret where client_id = $1', [client.id]);
  const operation = await registerOperation(mine, {
    clientId: client.id,
    name: 'who',
    number: null,
    text: '{ viewer { name } }',
    kind: 'QUERY',
    scopes: ['read'],
  });
  const [mail] = await mailsTo(db, owner);
  const [notice] = await psql<{ id: string }>('select id from notification where user_id = $1', [owner.id]);
  const act = 'act' in cancelled ? cancelled.act?.id : null;

  const add = (kind: Parameters<typeof globalId>[0], it: unknown) => {
    const id = typeof it === 'string' ? it : (it as { id?: string } | undefined)?.id;
    if (!id) throw new Error(`no ${kind}: ${JSON.stringify(it)}`);
    ids.push([kind, globalId(kind, id)]);
  };
  add('User', owner.id);
  add('Session', owner.viewer.sessionId);
  add('Place', r.placeId);
  add('ResourceType', type.id);
  add('Resource', r.id);
  add('Reservation', kept);
  add('Rule', length);
  add('Closure', closed.closure);
  add('Closing', closed.closing);
  add('Deputy', deputy);
  add('Delegate', delegate);
  add('Notification', notice);
  add('Group', group);
  add('Training', training);
  add('Series', series);
  add('Feed', 'feed' in feed ? feed.feed : undefined);
  add('Webhook', hook);
  add('WebhookDelivery', delivery);
  add('Act', act);
  add('Mail', mail);
  add('Wait', wait);
  add('Participant', participant);
  add('Attachment', attachment);
  add('Comment', comment);
  add('AuditEntry', entry);
  add('LogFile', logFile);
  add('Passkey', passkey);
  add('ApiClient', client);
  add('ApiSecret', secret);
  add('PersistedOperation', operation);
  const viewers = {
    NOBODY: null,
    GUEST: guest.viewer,
    MEMBER: member.viewer,
    OWNER: owner.viewer,
    MANAGER: manager.viewer,
    ADMINISTRATOR: administrator.viewer,
  };
  const undecidedId = globalId('Reservation', undecided.id);
  return { ctx: mine, viewers, ids: new Map(ids), undecidedId };
}
