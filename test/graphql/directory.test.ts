import type { PeriodicSync } from '../../src/domain/auth/run-directory-sync.js';
import { globalId } from '../../src/domain/ids.js';
import type { Directory, DirectoryPerson } from '../../src/ports/directory.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();

/** A directory of one who is shown, and asked for, as they are at the moment. */
const shown: { people: DirectoryPerson[] } = { people: [] };
const directory: Directory = {
  authenticate: async () => null,
  readPeople: async (_wanted, onPage) => onPage(shown.people),
  findPerson: async (externalId) => shown.people.find((each) => each.externalId === externalId) ?? null,
};
const directorySync: PeriodicSync = {
  rules: {
    directory,
    roleGroups: [],
    defaultRole: 'MEMBER',
    memberGroups: [{ group: 'x', name: 'Nowhere' }],
  },
  everyMs: 900_000,
  mostLossesPercent: 0,
  createsPeople: false,
};
const { ctx } = await instance(db, { directorySync });
const admin = await person(db, 'ADMINISTRATOR');
const [ada, bob] = [await person(db, 'MEMBER', { name: 'Ada' }), await person(db, 'MEMBER', { name: 'Bob' })];
for (const { id } of [ada, bob])
  await psql('update app_user set external_id = $1::text where id = $1::uuid', [id]);
const of = ({ id, email, name }: typeof ada): DirectoryPerson => ({
  externalId: id,
  email,
  name,
  groups: [],
  isDisabled: false,
});

const REPORT = `report { people linked losses mostLosses conflicts unknownGroups refusal counts { kind count }
  changes { name kinds user { id isActive } } }`;
const SYNC = `mutation ($input: DirectorySyncInput!) { result: directorySync(input: $input) { __typename
  ... on DirectorySyncSuccess { ${REPORT} } ... on UserError { message } } }`;
const STATE = `{ directorySync { isRunning nextAt startedAt endedAt outcome message ${REPORT} } }`;
const sync = async (input: object) => (await ask(ctx, admin.viewer, SYNC, { input })).data.result;

it('is for administrators, and there is none without a directory', async () => {
  expect((await ask(ctx, ada.viewer, STATE)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await ask(ctx, ada.viewer, SYNC, { input: {} })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  const without = await instance(db);
  expect((await ask(without.ctx, admin.viewer, STATE)).data).toEqual({ directorySync: null });
  expect((await ask(without.ctx, admin.viewer, SYNC, { input: {} })).data.result).toMatchObject({
    __typename: 'InvalidInput',
  });
});

it('tells what it would do, does it, and tells how the last one went', async () => {
  shown.people = [{ ...of(ada), name: 'Ada King' }, of(bob)];
  const change = { name: 'Ada', kinds: ['NAME'], user: { id: globalId('User', ada.id), isActive: true } };
  const report = {
    people: 2,
    linked: 2,
    losses: 0,
    mostLosses: 1,
    conflicts: 0,
    unknownGroups: ['Nowhere'],
    refusal: null,
    counts: [{ kind: 'NAME', count: 1 }],
    changes: [change],
  };
  expect(await sync({ dryRun: true })).toEqual({ __typename: 'DirectorySyncSuccess', report });
  expect((await ask(ctx, admin.viewer, STATE)).data.directorySync).toMatchObject({
    outcome: null,
    report: null,
  });
  expect(await sync({})).toMatchObject({ report });
  const now = ctx.clock.fixed();
  expect((await ask(ctx, admin.viewer, STATE)).data.directorySync).toEqual({
    isRunning: false,
    startedAt: now,
    endedAt: now,
    nextAt: new Date(Date.parse(now) + 900_000).toISOString(),
    outcome: 'APPLIED',
    message: null,
    report,
  });
  const [audit] = await psql(`select actor_id from audit where action = 'user.applyDirectory'`);
  expect(audit).toEqual({ actor_id: admin.id });
});

it('takes away from many only when an administrator says so', async () => {
  shown.people = [of(ada), of(bob)].map((each) => ({ ...each, isDisabled: true }));
  expect(await sync({})).toMatchObject({ report: { losses: 2, refusal: expect.any(String), changes: [] } });
  expect(await sync({ acceptLosses: true })).toMatchObject({
    report: { counts: [{ kind: 'CLOSED', count: 2 }] },
  });
});

it('says that another process is at it', async () => {
  await psql(`update directory_sync set token = gen_random_uuid(), lease_until = '2100-01-01'`);
  expect(await sync({})).toMatchObject({ __typename: 'DirectorySyncBusy' });
  expect((await ask(ctx, admin.viewer, STATE)).data.directorySync.isRunning).toBe(true);
});
