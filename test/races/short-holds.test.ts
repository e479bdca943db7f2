import { call, wish } from '../kit/calls.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { startApi, startSweeper } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const database = await useDatabase();
const { db } = database;
const options = { databaseUrl: database.url, redisUrl: redisUrl() };
const [first, second] = [await startApi(options), await startApi(options)];
await Promise.all([startSweeper(options), startSweeper(options)]);
const [mine, theirs] = (await tokensFor(db, [await person(db), await person(db)])) as [string, string];
const START = Date.parse('2032-09-01T00:00:00Z');
const HOLDS = 120;
const hour = (number: number) => new Date(START + number * 3_600_000).toISOString();

it('gives a hold that runs out by the real clock to one owner, whoever comes first', async () => {
  const { id: resource } = await room(db);
  const race = async (number: number) => {
    // Every tenth has so long to live that its confirmation comes before, however busy the machine is.
    const early = number % 10 === 0;
    const input = wish([resource], hour(number), hour(number + 1), { holdSeconds: early ? 20 : 1 });
    const held = await call(first, mine, 'hold', input);
    expect(held.what).toBe('HELD');
    const [row] = await database.psql<{ expires_at: Date }>(
      `select expires_at from reservation where id = replace($1, 'rsv_', '')::uuid`,
      [held.id],
    );
    const expiresAt = row?.expires_at.getTime() as number;
    // From well before the expiry to well behind it, most of them close by.
    const at = expiresAt + (early ? -19_000 : (number % 60) - 30);
    await eventually(() => expect(Date.now()).toBeGreaterThanOrEqual(at), 10_000, 1);
    const reserve = () => call(second, theirs, 'create', wish([resource], hour(number), hour(number + 1)));
    const askedAt = Date.now();
    const [confirmed, reserved] = await Promise.all([
      call(first, mine, 'confirm', { id: held.id }),
      reserve(),
    ]);
    const late = askedAt >= expiresAt;
    const outcome = `${confirmed.what} ${reserved.what}`;
    const right = late
      ? /^HOLD_EXPIRED CONFIRMED$/
      : /^(CONFIRMED SLOT_(HELD|TAKEN)|HOLD_EXPIRED (CONFIRMED|SLOT_HELD))$/;
    if (!right.test(outcome)) throw new Error(`asked ${askedAt - expiresAt} ms after the expiry: ${outcome}`);
    if (outcome === 'HOLD_EXPIRED SLOT_HELD') expect(await reserve()).toMatchObject({ what: 'CONFIRMED' });
    return confirmed.what;
  };
  const confirmations = await Promise.all(Array.from({ length: HOLDS }, (_, number) => race(number)));
  expect(new Set(confirmations)).toEqual(new Set(['CONFIRMED', 'HOLD_EXPIRED']));
  const claims = await database.psql('select from claim where resource_id = $1 and occupies', [resource]);
  expect(claims).toHaveLength(HOLDS);
});
