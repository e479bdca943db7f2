import { newId } from '../../../src/domain/ids.js';
import { readUserPage, readUsers, seesEmail, seesUser } from '../../../src/domain/users/user-reader.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';

const { db } = await useDatabase();
const boss = await person(db, 'ADMINISTRATOR', { name: 'Zoe', email: 'zoe@hidden.example' });
const twins = [await person(db, 'MEMBER', { name: 'Ann' }), await person(db, 'MEMBER', { name: 'Ann' })];
const guest = await person(db, 'GUEST', { name: 'Gus' });
const left = await person(db, 'MANAGER', { name: '100%_Lea', active: false });
const first = { limit: 10, after: null, filter: {} };
const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

describe('a page of people', () => {
  const ctx = testCtx(db, boss.viewer);

  it('is in the order of names, and goes on behind a cursor also between equal names', async () => {
    const all = await readUserPage(ctx, first);
    expect(names(all)).toEqual(['100%_Lea', 'Ann', 'Ann', 'Gus', 'Zoe']);
    const [, ann] = all;
    if (!ann) throw new Error('nobody');
    const rest = await readUserPage(ctx, { ...first, limit: 2, after: ann });
    expect(rest.map(({ id }) => id)).toEqual([twins[1]?.id, guest.id]);
  });

  it('narrows by role, activity and text, in which nothing is special', async () => {
    const search = async (filter: object) => names(await readUserPage(ctx, { ...first, filter }));
    expect(await search({ roles: ['GUEST', 'MANAGER'] })).toEqual(['100%_Lea', 'Gus']);
    expect(await search({ roles: [] })).toEqual([]);
    expect(await search({ isActive: false })).toEqual(['100%_Lea']);
    expect(await search({ text: '%_' })).toEqual(['100%_Lea']);
    expect(await search({ text: ' ANN ' })).toEqual(['Ann', 'Ann']);
    expect(await search({ text: 'hidden.example' })).toEqual(['Zoe']);
  });

  it('does not let members search by the addresses that they cannot see', async () => {
    const asMember = testCtx(db, (twins[0] as typeof boss).viewer);
    expect(await readUserPage(asMember, { ...first, filter: { text: 'hidden.example' } })).toEqual([]);
  });

  it('shows guests only themselves', async () => {
    expect(names(await readUserPage(testCtx(db, guest.viewer), first))).toEqual(['Gus']);
  });
});

it('loads people by id and leaves out ids of nobody', async () => {
  const found = await readUsers(testCtx(db), [boss.id, newId(), left.id]);
  expect([...found.keys()].sort()).toEqual([boss.id, left.id].sort());
  expect(found.get(boss.id)).toMatchObject({ node: 'User', name: 'Zoe', role: 'ADMINISTRATOR' });
  expect(found.get(boss.id)).not.toHaveProperty('passwordHash');
});

it('shows email addresses to managers, administrators and the person alone, and guests nobody else', () => {
  expect(seesEmail(boss.viewer, guest.id)).toBe(true);
  expect(seesEmail(left.viewer, guest.id)).toBe(true);
  expect(seesEmail(guest.viewer, guest.id)).toBe(true);
  expect(seesEmail(guest.viewer, boss.id)).toBe(false);
  expect(seesEmail(null, boss.id)).toBe(false);
  expect(seesUser(guest.viewer, boss.id)).toBe(false);
  expect(seesUser(guest.viewer, guest.id)).toBe(true);
  expect(seesUser(null, guest.id)).toBe(false);
});
