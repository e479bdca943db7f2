import type { Viewer } from '../../../src/domain/act.js';
import { readWaiting } from '../../../src/domain/approvals/waiting.js';
import { createClosure } from '../../../src/domain/closings/create-closure.js';
import { addGroupMembers, removeGroupMembers } from '../../../src/domain/people/change-members.js';
import { removeCircle } from '../../../src/domain/people/circle.js';
import { eraseUser } from '../../../src/domain/privacy/erase-user.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createPlace } from '../../../src/domain/resources/create-place.js';
import { createResource } from '../../../src/domain/resources/create-resource.js';
import { updatePlace } from '../../../src/domain/resources/update-place.js';
import { updateResource } from '../../../src/domain/resources/update-resource.js';
import { setRule } from '../../../src/domain/schedules/set-rule.js';
import { reservationsByIds } from '../../../src/sql/reservations/read-reservations.js';
import { mustApprove } from '../../kit/approvals.js';
import { reserved, scopeOf } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { group, ruleInput } from '../../kit/rule-input.js';
import { place, resourceType, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const as = (viewer: Viewer) => testCtx(db, viewer);
const boss = as((await person(db, 'MANAGER')).viewer);
const me = as((await person(db)).viewer);
const at = (time: string) => `2027-03-02T${time}:00Z`;

/** A site with a floor and a room on it. */
async function campus() {
  const site = await place(db, { timeZone: 'UTC' });
  const floor = await place(db, { kind: 'FLOOR', parentId: site.id });
  return { site, floor, attic: await room(db, { placeId: floor.id }) };
}
const name = (resourceId: string, by: typeof me) =>
  updateResource(by, { id: resourceId, description: 'Under the roof' });
const priv = (resourceId: string, from = '09:00', to = '10:00') =>
  reserved(me, [resourceId], at(from), at(to), { visibility: 'PRIVATE' });
const sees = async ({ viewer }: typeof me, id: string) =>
  (await reservationsByIds(db, null, [id], viewer)).has(id);
const cancel = (by: typeof me, id: string) =>
  cancelReservation(by, { id, expectedVersion: null, idempotencyKey: null });
const length = (scope: object) =>
  ruleInput({ kind: 'LENGTH', settings: { leastMinutes: 10, mostMinutes: 600 }, scope });
const closure = (scope: { resourceId?: string; placeId?: string }) => ({
  scope: scopeOf(scope),
  title: 'Painting',
  startsLocal: '2027-04-02T09:00',
  endsLocal: '2027-04-02T11:00',
  rrule: null,
  exdates: [],
  existing: 'KEEP' as const,
});

describe('a group that is named at a resource', () => {
  it('looks after it as long as one is in it', async () => {
    const { attic } = await campus();
    const one = await person(db);
    const keepers = await group(db, [one]);
    const keeper = as(one.viewer);
    const [first, second] = [await priv(attic.id), await priv(attic.id, '10:00', '11:00')];
    expect(await name(attic.id, keeper)).toMatchObject({ kind: 'NotFound' });
    expect(await sees(keeper, first.id)).toBe(false);

    expect(await updateResource(boss, { id: attic.id, managerGroupIds: [keepers.id] })).toMatchObject({
      version: 2,
    });
    expect(await name(attic.id, keeper)).toMatchObject({ version: 3 });
    expect(await sees(keeper, first.id)).toBe(true);
    expect(await cancel(keeper, first.id)).toMatchObject({ state: 'CANCELLED' });

    await removeGroupMembers(boss, { groupId: keepers.id, userIds: [one.id] });
    expect(await name(attic.id, keeper)).toMatchObject({ kind: 'NotFound' });
    expect(await sees(keeper, second.id)).toBe(false);
    expect(await cancel(keeper, second.id)).toMatchObject({ kind: 'NotFound' });
    await addGroupMembers(boss, { groupId: keepers.id, userIds: [one.id] });
    expect(await sees(keeper, second.id)).toBe(true);
  });

  it('goes with the group, which the audit remembers', async () => {
    const { attic, site } = await campus();
    const one = await person(db);
    const keepers = await group(db, [one]);
    await updateResource(boss, { id: attic.id, managerGroupIds: [keepers.id] });
    await updatePlace(boss, { id: site.id, managerGroupIds: [keepers.id] });
    await removeCircle(boss, 'Group', { id: keepers.id });
    expect(await name(attic.id, as(one.viewer))).toMatchObject({ kind: 'NotFound' });
    const [entry] = await psql<{ before: object }>(
      `select before from audit where action = 'group.remove' and subject_id = $1`,
      [keepers.id],
    );
    expect(entry?.before).toMatchObject({ userIds: [one.id], resourceIds: [attic.id], placeIds: [site.id] });
  });
});

describe('whoever looks after a place', () => {
  it.each(['by name', 'in a group'])('looks after all that lies in it, %s, and nothing else', async (how) => {
    const { site, floor, attic } = await campus();
    const elsewhere = await campus();
    const one = await person(db);
    const keeper = as(one.viewer);
    const choice =
      how === 'by name' ? { managerIds: [one.id] } : { managerGroupIds: [(await group(db, [one])).id] };
    expect(await updatePlace(boss, { id: site.id, ...choice })).toMatchObject({ version: 2 });

    const mine = await priv(attic.id);
    const other = await priv(elsewhere.attic.id);
    expect([await sees(keeper, mine.id), await sees(keeper, other.id)]).toEqual([true, false]);
    expect(await name(attic.id, keeper)).toMatchObject({ version: 2 });
    expect(await name(elsewhere.attic.id, keeper)).toMatchObject({ kind: 'NotFound' });
    expect(await cancel(keeper, mine.id)).toMatchObject({ state: 'CANCELLED' });
    expect(await cancel(keeper, other.id)).toMatchObject({ kind: 'NotFound' });

    expect(await setRule(keeper, length({ placeId: floor.id }))).toHaveProperty('rule');
    expect(await setRule(keeper, length({ resourceId: attic.id }))).toHaveProperty('rule');
    expect(await setRule(keeper, length({ placeId: elsewhere.site.id }))).toMatchObject({
      kind: 'InvalidInput',
    });
    expect(await setRule(keeper, length({}))).toMatchObject({ kind: 'InvalidInput' });
    const access = { roles: ['MEMBER' as const], groupIds: null, trainingIds: [] };
    expect(
      await setRule(keeper, ruleInput({ kind: 'ACCESS', settings: access, scope: { placeId: floor.id } })),
    ).toMatchObject({ kind: 'InvalidInput', path: ['input', 'access'] });

    expect(await createClosure(keeper, closure({ placeId: floor.id }))).toHaveProperty('closure');
    expect(await createClosure(keeper, closure({ placeId: elsewhere.floor.id }))).toMatchObject({
      kind: 'InvalidInput',
    });
  });

  it('adds resources to it, and chooses nobody', async () => {
    const { site, floor } = await campus();
    const elsewhere = await campus();
    const one = await person(db);
    const keeper = as(one.viewer);
    const type = await resourceType(db);
    const wish = (placeId: string, more = {}) => ({ name: 'Cellar', typeId: type.id, placeId, ...more });
    await updatePlace(boss, { id: site.id, managerIds: [one.id] });
    expect(await createResource(keeper, wish(floor.id, { managerIds: [one.id] }))).toMatchObject({
      path: ['input', 'managerIds'],
    });
    expect(await createResource(keeper, wish(floor.id))).toMatchObject({ node: 'Resource' });
    expect(await createResource(keeper, wish(elsewhere.floor.id))).toMatchObject({
      path: ['input', 'placeId'],
    });
    expect(await createResource(me, wish(floor.id, { name: 'Shed' }))).toMatchObject({
      path: ['input', 'placeId'],
    });
  });

  it('does so wherever the place is moved to, and nowhere else', async () => {
    const { floor, attic } = await campus();
    const elsewhere = await campus();
    const one = await person(db);
    const keeper = as(one.viewer);
    await updatePlace(boss, { id: elsewhere.site.id, managerIds: [one.id] });
    expect(await name(attic.id, keeper)).toMatchObject({ kind: 'NotFound' });
    await updatePlace(boss, { id: floor.id, parentId: elsewhere.site.id });
    expect(await name(attic.id, keeper)).toMatchObject({ node: 'Resource' });
  });

  it('decides where managers are to approve, as long as nobody takes it away', async () => {
    const { site, attic } = await campus();
    const [one, another] = [await person(db), await person(db)];
    await updatePlace(boss, { id: site.id, managerIds: [one.id] });
    await updateResource(boss, { id: attic.id, managerGroupIds: [(await group(db, [another])).id] });
    await mustApprove(db, { resourceId: attic.id }, [{ userIds: [], groupIds: [], managers: true }]);
    const asked = await reserved(me, [attic.id], at('09:00'), at('10:00'));
    expect(asked).toMatchObject({ state: 'PENDING_APPROVAL' });
    const told = await psql<{ id: string }>(
      `select user_id as id from notification where reservation_id = $1 and kind = 'APPROVAL_ASKED'`,
      [asked.id],
    );
    expect(told.map(({ id }) => id).sort()).toEqual([one.id, another.id].sort());
    const waiting = async (who: { viewer: Viewer }) =>
      (await readWaiting(as(who.viewer), null, 10)).map(({ id }) => id);
    expect([await waiting(one), await waiting(another), await waiting(me)]).toEqual([
      [asked.id],
      [asked.id],
      [],
    ]);
    await updatePlace(boss, { id: site.id, managerIds: [] });
    expect(await waiting(one)).toEqual([]);
  });

  it('is an active user or a group that is there, up to twenty of each', async () => {
    const gone = await person(db, 'MEMBER', { active: false });
    const wish = { name: 'Annex', kind: 'SITE' as const, parentId: null, timeZone: null };
    expect(await createPlace(boss, { ...wish, managerIds: [gone.id] })).toMatchObject({
      path: ['input', 'managerIds'],
    });
    expect(await createPlace(boss, { ...wish, managerGroupIds: [gone.id] })).toMatchObject({
      path: ['input', 'managerGroupIds'],
    });
    const many = await Promise.all(Array.from({ length: 21 }, () => group(db)));
    const managerGroupIds = many.map(({ id }) => id);
    expect(await createPlace(boss, { ...wish, managerGroupIds })).toMatchObject({
      path: ['input', 'managerGroupIds'],
    });
    const one = await person(db);
    const made = await createPlace(boss, { ...wish, managerIds: [one.id] });
    const [entry] = await psql<{ after: object }>(
      `select after from audit where action = 'place.create' and subject_id = $1`,
      ['id' in made ? made.id : ''],
    );
    expect(entry?.after).toMatchObject({ managerIds: [one.id], managerGroupIds: [] });
  });

  it('is forgotten when the account is erased', async () => {
    const { site } = await campus();
    const one = await person(db);
    await updatePlace(boss, { id: site.id, managerIds: [one.id] });
    await eraseUser(as((await person(db, 'ADMINISTRATOR')).viewer), { id: one.id, confirmEmail: one.email });
    expect(await psql('select from care where place_id = $1', [site.id])).toEqual([]);
  });
});
