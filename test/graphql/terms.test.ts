import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, resourceType, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const manager = await person(db, 'MANAGER');
let mia = await person(db, 'MEMBER', { name: 'Mia' });
beforeEach(async () => {
  mia = await person(db, 'MEMBER', { name: 'Mia' });
});
const run = async (source: string, variables: object = {}, viewer: Viewer = mia.viewer) => {
  const { data, errors } = await ask(ctx, viewer, source, variables as Record<string, unknown>);
  expect(errors).toEqual([]);
  return data.result;
};

const REASONS =
  'reasons { code message rule { name settings { ... on TermsSettings { text version eachTime key } } } }';
const RESULT = `__typename ... on ReservationSuccess { reservation { id state } }
  ... on ReservationRefused { ${REASONS} } ... on UserError { message path }`;
const CREATE = `mutation($input: ReservationCreateInput!) { result: reservationCreate(input: $input) { ${RESULT} } }`;
const HOLD = `mutation($input: ReservationHoldInput!) { result: reservationHold(input: $input) { ${RESULT} } }`;
const CONFIRM = `mutation($id: ID!, $input: ReservationActInput) { result: reservationConfirm(id: $id, input: $input) { ${RESULT} } }`;
const MOVE = `mutation($id: ID!, $input: ReservationMoveInput!) { result: reservationMove(id: $id, input: $input) { ${RESULT} } }`;
const OCCURRENCES = `occurrences { outcome reasons { code } substitutes { resource { name } } }`;
const SERIES = `mutation($input: SeriesCreateInput!) { result: seriesCreate(input: $input) { __typename
  ... on SeriesReport { series { id } ${OCCURRENCES} } ... on SeriesRefused { ${REASONS} } ... on UserError { message } } }`;
const SERIES_UPDATE = `mutation($id: ID!, $input: SeriesUpdateInput!) { result: seriesUpdate(id: $id, input: $input) { __typename
  ... on SeriesReport { ${OCCURRENCES} } ... on SeriesRefused { ${REASONS} } ... on UserError { message } } }`;
const IMPORT = `mutation($input: ReservationsImportInput!) { result: reservationsImport(input: $input) { __typename
  ... on ReservationsImportSuccess { events { outcome } } ... on ReservationsImportRefused { events { outcome reasons { code } } } ... on UserError { message } } }`;
const RULE = `mutation($input: RuleSetInput!) { result: ruleSet(input: $input) { __typename
  ... on RuleSetSuccess { rule { id kind summary settings { ... on TermsSettings { key } } } } ... on UserError { message path } } }`;
const TEXT = 'Leave it as you found it.';

const site = await place(db);
const type = await resourceType(db);
const plain = await room(db, { name: 'Plain', placeId: site.id, typeId: type.id });

/** Terms of a resource, with the key that accepts them. */
async function terms(resourceId: string, more: object = {}, viewer = manager.viewer) {
  const settings = { text: TEXT, version: '1', ...more };
  const input = {
    name: 'House rules',
    scope: { resourceId: globalId('Resource', resourceId) },
    terms: settings,
  };
  const done = await run(RULE, { input }, viewer);
  if (done.__typename !== 'RuleSetSuccess') return done;
  return { ...done.rule, key: done.rule.settings.key };
}
const asking = async (more: object = {}) => {
  const { id } = await room(db, { placeId: site.id, typeId: type.id });
  const { key } = await terms(id, more);
  return { id: globalId('Resource', id), bare: id, key };
};
let day = 1;
const window = (hour = 9) => {
  const at = (h: number) => new Date(Date.UTC(2027, 3, day, h)).toISOString();
  return { startsAt: at(hour), endsAt: at(hour + 1) };
};
const wish = (resourceId: string, more: object = {}) => {
  day++;
  return { title: 'Workshop', resources: [{ resourceId }], window: window(), ...more };
};
const acceptances = () =>
  psql<{ version: string; each: boolean }>(
    'select version, reservation_id is not null as each from terms_acceptance where user_id = $1 order by version, id',
    [mia.id],
  );
const NOT_ACCEPTED = [
  {
    code: 'TERMS_NOT_ACCEPTED',
    message: expect.stringContaining('House rules'),
    rule: {
      name: 'House rules',
      settings: {
        text: TEXT,
        version: '1',
        eachTime: false,
        key: expect.stringMatching(/^rul_[0-9a-f]{32}@1$/),
      },
    },
  },
];

it('refuses with the text, in a dry run alike, and writes nothing', async () => {
  const { id } = await asking();
  const input = wish(id);
  for (const dryRun of [true, false]) {
    const refused = await run(CREATE, { input: { ...input, dryRun } });
    expect(refused).toMatchObject({ __typename: 'ReservationRefused', reasons: NOT_ACCEPTED });
  }
  expect(await acceptances()).toEqual([]);
});

it('passes with the key, which is written down with its time once, and with the next request without it', async () => {
  const { id, key } = await asking();
  const input = { ...wish(id), acceptedTerms: [key] };
  expect((await run(CREATE, { input: { ...input, dryRun: true } })).__typename).toBe('ReservationSuccess');
  expect(await acceptances()).toEqual([]);
  expect((await run(CREATE, { input })).__typename).toBe('ReservationSuccess');
  expect((await run(CREATE, { input: wish(id) })).__typename).toBe('ReservationSuccess');
  expect((await run(CREATE, { input: { ...wish(id), acceptedTerms: [key] } })).__typename).toBe(
    'ReservationSuccess',
  );
  expect(await acceptances()).toEqual([{ version: '1', each: false }]);
  expect(
    await psql(
      `select actor_id, at, after ->> 'version' as version from audit where action = 'terms.accept' and actor_id = $1`,
      [mia.id],
    ),
  ).toEqual([{ actor_id: mia.id, at: new Date(ctx.clock.fixed()), version: '1' }]);
});

it('asks for another version anew, and takes no acceptance of one for the other', async () => {
  const { id, bare, key } = await asking();
  await run(CREATE, { input: { ...wish(id), acceptedTerms: [key] } });
  const { key: next } = await terms(bare, { text: 'Sweep the floor.', version: '2' });
  for (const acceptedTerms of [[], [key], [`${key}.0`], [key.replace('@1', '@')]]) {
    const refused = await run(CREATE, { input: { ...wish(id), acceptedTerms } });
    expect(refused.reasons).toMatchObject([
      { code: 'TERMS_NOT_ACCEPTED', rule: { settings: { version: '2' } } },
    ]);
  }
  expect((await run(CREATE, { input: { ...wish(id), acceptedTerms: [next] } })).__typename).toBe(
    'ReservationSuccess',
  );
  expect((await acceptances()).map(({ version }) => version)).toEqual(['1', '2']);
});

it('asks each time where the rule says so, and writes down for which reservation', async () => {
  const { id, key } = await asking({ eachTime: true });
  expect((await run(CREATE, { input: { ...wish(id), acceptedTerms: [key] } })).__typename).toBe(
    'ReservationSuccess',
  );
  expect((await run(CREATE, { input: wish(id) })).reasons).toMatchObject([{ code: 'TERMS_NOT_ACCEPTED' }]);
  expect((await run(CREATE, { input: { ...wish(id), acceptedTerms: [key] } })).__typename).toBe(
    'ReservationSuccess',
  );
  expect(await acceptances()).toEqual([
    { version: '1', each: true },
    { version: '1', each: true },
  ]);
});

it('asks of a hold when it is confirmed', async () => {
  const { id, key } = await asking();
  const held = await run(HOLD, { input: wish(id) });
  expect(held).toMatchObject({ reservation: { state: 'HELD' } });
  const confirm = (input: object | null) => run(CONFIRM, { id: held.reservation.id, input });
  expect(await confirm(null)).toMatchObject({ reasons: NOT_ACCEPTED });
  expect(await acceptances()).toEqual([]);
  expect(await confirm({ acceptedTerms: [key] })).toMatchObject({ reservation: { state: 'CONFIRMED' } });
  expect(await acceptances()).toHaveLength(1);
});

it('asks of a move to a resource that it did not have, and of no other move', async () => {
  const { id, key } = await asking();
  const { reservation } = await run(CREATE, { input: wish(globalId('Resource', plain.id)) });
  const move = (input: object) => run(MOVE, { id: reservation.id, input });
  expect(await move({ resources: [{ resourceId: id }] })).toMatchObject({ reasons: NOT_ACCEPTED });
  expect(await move({ resources: [{ resourceId: id }], acceptedTerms: [key], dryRun: true })).toMatchObject({
    __typename: 'ReservationSuccess',
  });
  expect(await acceptances()).toEqual([]);
  expect((await move({ resources: [{ resourceId: id }], acceptedTerms: [key] })).__typename).toBe(
    'ReservationSuccess',
  );
  expect(await acceptances()).toHaveLength(1);
  await psql('delete from terms_acceptance');
  expect((await move({ window: window(14) })).__typename).toBe('ReservationSuccess');
});

it('asks of a series as a whole, whatever becomes of conflicts, and puts nothing in the place of what asks', async () => {
  const { id, key } = await asking();
  const input = {
    title: 'Jour fixe',
    resources: [{ resourceId: id }],
    startsLocal: '2027-06-01T09:00',
    endsLocal: '2027-06-01T10:00',
    rrule: 'FREQ=DAILY;COUNT=3',
  };
  for (const mode of ['ALL_OR_NOTHING', 'SKIP', 'SUBSTITUTE']) {
    const refused = await run(SERIES, { input: { ...input, mode } });
    expect(refused.__typename).toBe('SeriesRefused');
    expect(refused.reasons[0]).toMatchObject({
      code: 'TERMS_NOT_ACCEPTED',
      rule: { settings: { text: TEXT } },
    });
  }
  const report = await run(SERIES, { input: { ...input, acceptedTerms: [key] } });
  expect(report.occurrences.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'RESERVED',
    'RESERVED',
    'RESERVED',
  ]);
  expect(await acceptances()).toEqual([{ version: '1', each: false }]);
});

it('asks of a series that goes to another resource', async () => {
  const { id, key } = await asking();
  const made = await run(SERIES, {
    input: {
      title: 'Jour fixe',
      resources: [{ resourceId: globalId('Resource', plain.id) }],
      startsLocal: '2027-07-01T09:00',
      endsLocal: '2027-07-01T10:00',
      rrule: 'FREQ=DAILY;COUNT=2',
    },
  });
  const update = (more: object) =>
    run(SERIES_UPDATE, {
      id: made.series.id,
      input: { scope: 'ALL', resources: [{ resourceId: id }], ...more },
    });
  expect((await update({})).reasons[0]).toMatchObject({ code: 'TERMS_NOT_ACCEPTED' });
  expect((await update({ acceptedTerms: [key] })).__typename).toBe('SeriesReport');
  expect(await acceptances()).toHaveLength(1);
});

it('asks of an import', async () => {
  const { id, key } = await asking();
  day++;
  const stamp = (text: string) => text.replace(/[-:]|\.000/g, '');
  const { startsAt, endsAt } = window();
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:x',
    'BEGIN:VEVENT',
    'UID:a',
    'DTSTAMP:20270101T000000Z',
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(endsAt)}`,
    'SUMMARY:Workshop',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  const input = { text, resources: [{ resourceId: id }] };
  const refused = await run(IMPORT, { input });
  expect(refused.events).toMatchObject([{ outcome: 'REFUSED', reasons: [{ code: 'TERMS_NOT_ACCEPTED' }] }]);
  expect((await run(IMPORT, { input: { ...input, acceptedTerms: [key] } })).events).toEqual([
    { outcome: 'RESERVED' },
  ]);
  expect(await acceptances()).toHaveLength(1);
});

it('asks who acts, whoever it is for, and nobody whom the rule exempts', async () => {
  const { id, bare, key } = await asking();
  const input = wish(id, { ownerId: globalId('User', mia.id) });
  expect((await run(CREATE, { input }, manager.viewer)).reasons).toMatchObject([
    { code: 'TERMS_NOT_ACCEPTED' },
  ]);
  await run(CREATE, { input: { ...input, acceptedTerms: [key] } }, manager.viewer);
  expect(await acceptances()).toEqual([]);
  expect((await run(CREATE, { input: wish(id) })).reasons).toMatchObject([{ code: 'TERMS_NOT_ACCEPTED' }]);
  await psql(`update rule set exempt_roles = '{MEMBER}' where resource_id = $1`, [bare]);
  expect((await run(CREATE, { input: wish(id) })).__typename).toBe('ReservationSuccess');
});

it('says every reason at once, terms among them', async () => {
  const { id, key } = await asking();
  const input = { ...wish(id), acceptedTerms: [key] };
  await run(CREATE, { input });
  await psql('delete from terms_acceptance');
  const { reasons } = await run(CREATE, { input: { ...input, acceptedTerms: [] } });
  expect(reasons.map(({ code }: { code: string }) => code).sort()).toEqual([
    'SLOT_TAKEN',
    'TERMS_NOT_ACCEPTED',
  ]);
});

it('takes many acceptances at once as one', async () => {
  const { id, key } = await asking();
  const inputs = Array.from({ length: 8 }, () => ({ ...wish(id), acceptedTerms: [key] }));
  const made = await Promise.all(inputs.map((input) => run(CREATE, { input })));
  expect(made.map(({ __typename }) => __typename)).toEqual(Array(8).fill('ReservationSuccess'));
  expect(await acceptances()).toHaveLength(1);
});

describe('a rule of terms', () => {
  it('is set, says itself in words, and is nobody else to set than managers and administrators', async () => {
    const { id } = await room(db, { placeId: site.id, typeId: type.id, managers: [mia.id] });
    const made = await terms(id);
    expect(made).toMatchObject({
      kind: 'TERMS',
      summary: 'House rules: who reserves accepts the terms, version 1, once.',
    });
    expect((await terms(id, {}, mia.viewer)).__typename).not.toBe('RuleSetSuccess');
  });

  it.each([
    ['no text', { text: ' ' }, 'text'],
    ['NUL', { text: 'a\0' }, 'text'],
    ['no version', { version: '' }, 'version'],
    ['a version that a key could not name', { version: '1@2' }, 'version'],
  ])('with %s is refused', async (_what, more, field) => {
    const { id } = await room(db, { placeId: site.id, typeId: type.id });
    expect(await terms(id, more)).toMatchObject({
      __typename: 'InvalidInput',
      path: ['input', 'terms', field],
    });
  });

  it('has another version for another text', async () => {
    const { bare } = await asking();
    expect(await terms(bare, { text: 'Something else.' })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['input', 'terms', 'version'],
    });
    expect((await terms(bare, { eachTime: true })).key).toMatch(/@1$/);
  });
});
