import { Client } from 'pg';
import { newId } from '../../src/domain/ids.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';

// Everything here is written as psql would write it: past the program.
const database = await useDatabase();
const { db, psql } = database;
const { id: owner } = await person(db);
const code = (expected: string) => expect.objectContaining({ code: expected });
const NINE = '[2030-01-01 09:00+0,2030-01-01 10:00+0)';
const LONGER = '[2030-01-01 09:00+0,2030-01-01 11:00+0)';
const LATER = '[2030-01-01 12:00+0,2030-01-01 13:00+0)';

type Kind = 'OWN' | 'PART' | 'SHADE';
type Claim = readonly [resource: string, kind: Kind, span?: string | undefined];
type Run = (text: string, values?: unknown[]) => Promise<unknown>;

/** A transaction on a connection of its own. */
async function within(work: (run: Run) => Promise<unknown>, isolation = 'read committed'): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(`begin isolation level ${isolation}`);
    await work((text, values) => client.query(text, values));
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function reserve(run: Run, claims: readonly Claim[], state = 'CONFIRMED'): Promise<string> {
  const id = newId();
  await run(
    `insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
     values ($1, 'By hand', $2, $2, $3, '2030-01-01', '2030-01-02', now(), now())`,
    [id, owner, state],
  );
  for (const [resource, kind, span] of claims) await claim(run, id, resource, kind, span, state);
  return id;
}

const claim = (run: Run, of: string, resource: string, kind: Kind, span = NINE, state = 'CONFIRMED') =>
  run(
    'insert into claim (reservation_id, resource_id, pooled, kind, occupied, occupies_until) values ($1, $2, false, $3, $4, $5)',
    [of, resource, kind, span, state === 'CONFIRMED' ? 'infinity' : '-infinity'],
  );

async function reserved(claims: readonly Claim[], state = 'CONFIRMED'): Promise<string> {
  let id = '';
  await within(async (run) => {
    id = await reserve(run, claims, state);
  });
  return id;
}

const link = (run: Run, whole: string, part: string, depth = 1) =>
  run('insert into resource_part (whole_id, part_id, depth) values ($1, $2, $3)', [whole, part, depth]);

/** A hall of two rooms. */
async function hall() {
  const [whole, a, b] = [(await room(db)).id, (await room(db)).id, (await room(db)).id];
  await within(async (run) => {
    await link(run, whole, a);
    await link(run, whole, b);
  });
  return { whole, a, b };
}

const allOf = ({ whole, a, b }: Awaited<ReturnType<typeof hall>>, span?: string): Claim[] => [
  [whole, 'OWN', span],
  [a, 'PART', span],
  [b, 'PART', span],
];
const partOf = (part: string, whole: string, span?: string): Claim[] => [
  [part, 'OWN', span],
  [whole, 'SHADE', span],
];

describe('claims', () => {
  it('go in in any order as long as they are complete at the commit', async () => {
    const h = await hall();
    await reserved(allOf(h).toReversed());
    await expect(reserved(partOf(h.a, h.whole))).rejects.toEqual(code('23P01'));
    await reserved(partOf(h.a, h.whole, LATER).toReversed());
    await reserved(partOf(h.b, h.whole, LATER));
    await expect(reserved(allOf(h, LATER))).rejects.toEqual(code('23P01'));
  });

  it.each<[string, (h: Awaited<ReturnType<typeof hall>>) => Claim[]]>([
    [
      'a whole without a part',
      ({ whole, a }) => [
        [whole, 'OWN'],
        [a, 'PART'],
      ],
    ],
    [
      'a whole whose part is only a shade',
      ({ whole, a, b }) => [
        [whole, 'OWN'],
        [a, 'PART'],
        [b, 'SHADE'],
      ],
    ],
    [
      'a whole whose part ends earlier',
      ({ whole, a, b }) => [
        [whole, 'OWN', LONGER],
        [a, 'PART', LONGER],
        [b, 'PART'],
      ],
    ],
    ['a part without its whole', ({ a }) => [[a, 'OWN']]],
    [
      'a part whose whole ends earlier',
      ({ whole, a }) => [
        [a, 'OWN', LONGER],
        [whole, 'SHADE'],
      ],
    ],
    [
      'a part that nobody asked for',
      ({ whole, a }) => [
        [a, 'PART'],
        [whole, 'SHADE'],
      ],
    ],
    ['a shade without a part', ({ whole }) => [[whole, 'SHADE']]],
    [
      'a whole as a mere shade of its parts',
      ({ whole, a, b }) => [
        [whole, 'SHADE'],
        [a, 'PART'],
        [b, 'PART'],
      ],
    ],
  ])('refuses %s', async (_, claims) => {
    await expect(reserved(claims(await hall()))).rejects.toEqual(code('HF003'));
  });

  it('refuses kinds of claims that a resource without parts cannot have', async () => {
    const { id } = await room(db);
    await expect(reserved([[id, 'SHADE']])).rejects.toEqual(code('HF003'));
    await expect(reserved([[id, 'PART']])).rejects.toEqual(code('HF003'));
    const of = await reserved([[id, 'OWN']]);
    await expect(psql(`update claim set kind = 'SHADE' where reservation_id = $1`, [of])).rejects.toEqual(
      code('HF003'),
    );
  });

  it.each([
    ['shrinking a part', `update claim set occupied = '${NINE}' where kind = 'PART'`],
    [
      'stretching a whole',
      `update claim set occupied = '[2030-01-01 08:00+0,2030-01-01 12:00+0)' where kind = 'OWN'`,
    ],
    ['turning a part into a shade', `update claim set kind = 'SHADE' where kind = 'PART'`],
    ['turning the whole into a shade', `update claim set kind = 'SHADE' where kind = 'OWN'`],
    ['taking a part away', `delete from claim where kind = 'PART'`],
    ['taking the whole away and leaving its parts', `delete from claim where kind = 'OWN'`],
  ])('refuses %s', async (_, change) => {
    const of = await reserved(allOf(await hall(), LONGER));
    await expect(psql(`${change} and reservation_id = $1`, [of])).rejects.toEqual(code('HF003'));
  });

  it('refuses a claim that goes over to another resource or reservation', async () => {
    const h = await hall();
    const of = await reserved(allOf(h));
    const { id: elsewhere } = await room(db);
    const other = await reserved([[elsewhere, 'OWN']]);
    await expect(
      psql('update claim set resource_id = $2 where reservation_id = $1 and resource_id = $3', [
        of,
        (await room(db)).id,
        h.a,
      ]),
    ).rejects.toEqual(code('HF003'));
    await expect(
      psql('update claim set reservation_id = $2 where reservation_id = $1 and resource_id = $3', [
        of,
        other,
        h.a,
      ]),
    ).rejects.toEqual(code('HF003'));
  });

  it('refuses a part that is removed and placed anew for a shorter time', async () => {
    const h = await hall();
    const of = await reserved(allOf(h, LONGER));
    const again = within(async (run) => {
      await run('delete from claim where reservation_id = $1 and resource_id = $2', [of, h.a]);
      await claim(run, of, h.a, 'PART', NINE);
    });
    await expect(again).rejects.toEqual(code('HF003'));
  });

  it('refuses to revive a reservation whose claims are not complete', async () => {
    const h = await hall();
    const of = await reserved([[h.whole, 'OWN']], 'CANCELLED');
    const revive = () => psql(`update reservation set state = 'CONFIRMED' where id = $1`, [of]);
    await expect(revive()).rejects.toEqual(code('HF003'));
    await within(async (run) => {
      await claim(run, of, h.a, 'PART', NINE, 'CANCELLED');
      await claim(run, of, h.b, 'PART', NINE, 'CANCELLED');
    });
    const other = await reserved(partOf(h.b, h.whole));
    await expect(revive()).rejects.toEqual(code('23P01'));
    await psql('delete from reservation where id = $1', [other]);
    await revive();
  });
});

describe('links', () => {
  const rooms = async (count: number) =>
    Promise.all(Array.from({ length: count }, async () => (await room(db)).id)) as Promise<
      [string, string, string, string]
    >;

  it('are complete, in whatever order they come', async () => {
    const [a, b, c] = await rooms(3);
    await within(async (run) => {
      await link(run, a, c, 2);
      await link(run, b, c);
      await link(run, a, b);
    });
    await expect(
      psql('delete from resource_part where whole_id = $1 and part_id = $2', [b, c]),
    ).rejects.toEqual(code('HF005'));
    await expect(
      psql('delete from resource_part where whole_id = $1 and part_id = $2', [a, c]),
    ).rejects.toEqual(code('HF005'));
    await expect(
      psql('update resource_part set depth = 3 where whole_id = $1 and part_id = $2', [a, c]),
    ).rejects.toEqual(code('HF005'));
    await psql('delete from resource_part where part_id = $1', [c]);
  });

  it('refuses a far part without the near ones, a near one without the far ones, and circles', async () => {
    const [a, b, c, d] = await rooms(4);
    await expect(within((run) => link(run, a, b, 2))).rejects.toEqual(code('HF005'));
    await within((run) => link(run, b, c));
    await expect(within((run) => link(run, a, b))).rejects.toEqual(code('HF005'));
    await expect(within((run) => link(run, c, d))).rejects.toEqual(code('HF005'));
    await expect(within((run) => link(run, c, b))).rejects.toEqual(code('HF005'));
    await expect(within((run) => link(run, c, c))).rejects.toEqual(code('23514'));
    await expect(within((run) => link(run, c, d, 5))).rejects.toEqual(code('23514'));
  });

  it('refuses two sessions that each add half of a chain', async () => {
    const [a, b, c] = await rooms(3);
    const outcomes = await Promise.allSettled([
      within((run) => link(run, a, b)),
      within((run) => link(run, b, c)),
    ]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toEqual([code('HF005')]);
  });

  it('refuses pools as parts and as wholes, now and later', async () => {
    const [a, b] = await rooms(2);
    const { id: p } = await pool(db);
    await expect(within((run) => link(run, a, p))).rejects.toEqual(code('23503'));
    await expect(within((run) => link(run, p, a))).rejects.toEqual(code('23503'));
    await expect(
      psql('insert into resource_part (whole_id, part_id, depth, pooled) values ($1, $2, 1, true)', [p, a]),
    ).rejects.toEqual(code('23514'));
    await within((run) => link(run, a, b));
    for (const id of [a, b])
      await expect(psql('update resource set pooled = true where id = $1', [id])).rejects.toEqual(
        code('23503'),
      );
  });

  it('refuses a link between rooms whose reservations do not go with it, and one that leaves parts behind', async () => {
    const [a, b] = await rooms(2);
    const past = '[2020-01-01 09:00+0,2020-01-01 10:00+0)';
    await reserved([[a, 'OWN', past]]);
    await reserved([[b, 'OWN', past]]);
    await within((run) => link(run, a, b));
    await psql('delete from resource_part where whole_id = $1', [a]);
    const of = await reserved([[a, 'OWN']]);
    await expect(within((run) => link(run, a, b))).rejects.toEqual(code('HF003'));
    await within(async (run) => {
      await link(run, a, b);
      await claim(run, of, b, 'PART');
    });
    await expect(psql('delete from resource_part where whole_id = $1', [a])).rejects.toEqual(code('HF003'));
  });

  it.each(['read committed', 'repeatable read'])(
    'sees a reservation that is made at the same time, %s',
    async (isolation) => {
      for (let round = 0; round < 10; round++) {
        const [a, b] = await rooms(2);
        const outcomes = await Promise.allSettled([
          within((run) => link(run, a, b), isolation),
          within((run) => reserve(run, [[a, 'OWN']]), isolation),
          within((run) => reserve(run, [[b, 'OWN']]), isolation),
        ]);
        const [linked, ...made] = outcomes.map(({ status }) => status === 'fulfilled');
        expect(linked && made.some(Boolean)).toBe(false);
        expect(linked || made.some(Boolean)).toBe(true);
      }
    },
  );

  it('sees a link that commits between the insertion of a claim and its commit', async () => {
    for (const isolation of ['read committed', 'repeatable read']) {
      const [a, b] = await rooms(2);
      const late = within(async (run) => {
        await reserve(run, [[a, 'OWN']]);
        await within((other) => link(other, a, b));
      }, isolation);
      await expect(late).rejects.toEqual(code(isolation === 'read committed' ? 'HF003' : '40001'));
    }
  });
});
