import { decodeProtectedHeader } from 'jose';
import { KeySeal } from '../../../src/domain/auth/key-seal.js';
import { refreshTokens } from '../../../src/domain/auth/refresh-tokens.js';
import { rotateKeys } from '../../../src/domain/auth/rotate-keys.js';
import { ManualClock } from '../../kit/clock.js';
import { cloneDatabase, type TestDatabase } from '../../kit/database.js';
import { eventually } from '../../kit/eventually.js';
import { instance, judge, member, session } from './identity-kit.js';

const own: TestDatabase[] = [];
afterAll(() => Promise.all(own.map((each) => each.drop())));
async function fresh() {
  const database = await cloneDatabase();
  own.push(database);
  return { database, db: await database.open() };
}
const kidOf = ({ accessToken }: { accessToken: string }) => decodeProtectedHeader(accessToken).kid;
const DAY = 86_400_000;

describe('signing keys', () => {
  it('rotate after thirty days without signing anybody out', async () => {
    const { db } = await fresh();
    const clock = new ManualClock();
    const [api, other] = [await instance(db, { clock }), await instance(db, { clock })];
    const ada = await member(api);
    let tokens = await session(api, ada.email);
    const kids = new Set([kidOf(tokens)]);
    for (let day = 0; day < 65; day++) {
      clock.advance(DAY);
      const before = tokens;
      const result = await refreshTokens(api.ctx, tokens);
      if ('kind' in result) throw new Error(`signed out on day ${day}`);
      tokens = result;
      kids.add(kidOf(tokens));
      expect(kidOf(tokens)).toBeDefined();
      expect(await judge(other, tokens)).toMatchObject({ viewer: { userId: ada.id } });
      expect(await judge(other, before)).toBe('INVALID');
    }
    expect(kids.size).toBeGreaterThanOrEqual(3);
  });

  it('rotate on demand without signing anybody out, and the old ones are gone a quarter of an hour later', async () => {
    const { db, database } = await fresh();
    const clock = new ManualClock();
    const [api, other] = [await instance(db, { clock }), await instance(db, { clock })];
    const ada = await member(api);
    const old = kidOf(await session(api, ada.email));
    clock.advance(600_000);
    let tokens = await session(api, ada.email);
    const { kid, retired } = await rotateKeys(other.ctx);
    expect(retired).toBe(1);
    expect(kidOf(await session(other, ada.email))).toBe(old);
    const signed: (string | undefined)[] = [];
    // An instance looks at the table once a minute of real time: the last one has looked a minute ago.
    for (let minute = 0, last = api; minute < 25; minute++) {
      const now = await instance(db, { clock });
      clock.advance(60_000);
      for (const at of [now, last]) {
        const before = tokens;
        const result = await refreshTokens(at.ctx, tokens);
        if ('kind' in result) throw new Error(`signed out in minute ${minute}`);
        tokens = result;
        signed.push(kidOf(tokens));
        for (const each of [before, tokens])
          expect(await judge(now, each)).toMatchObject({ viewer: { userId: ada.id } });
      }
      last = now;
    }
    expect(new Set(signed.slice(0, 6))).toEqual(new Set([old]));
    expect(new Set(signed.slice(12))).toEqual(new Set([kid]));
    const late = await instance(db, { clock });
    expect((await late.identity.keys.jwks()).keys.map((key) => key.kid)).toEqual([kid]);
    expect(await database.psql(`select after from audit where action = 'keys.rotate'`)).toEqual([
      { after: { kid, retired: 1 } },
    ]);
  });

  it('are read from the table once in a while, whatever keys strangers make up', async () => {
    const { db } = await fresh();
    let readings = 0;
    const counting = Object.assign(Object.create(db) as typeof db, {
      query: (wanted: { name: string }, values: readonly unknown[]) => {
        if (wanted.name === 'key-list') readings++;
        return db.query(wanted as never, values);
      },
    });
    const api = await instance(db, { db: counting, pollMs: 500 });
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    const before = readings;
    const [, body, signature] = tokens.accessToken.split('.');
    const flood = Array.from({ length: 500 }, (_, nth) => {
      const kid = String(nth).padStart(43, 'k');
      const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'at+jwt', kid })).toString('base64url');
      return api.identity.authenticate(`Bearer ${head}.${body}.${signature}`);
    });
    expect(new Set(await Promise.all(flood))).toEqual(new Set(['INVALID']));
    expect(readings - before).toBeLessThanOrEqual(2);
  });

  it('verify the tokens of other instances, whoever made the key and when', async () => {
    const { db } = await fresh();
    const clock = new ManualClock();
    const all = await Promise.all([1, 2, 3].map(() => instance(db, { clock })));
    const [first] = all;
    if (!first) throw new Error('no instance');
    const ada = await member(first);
    const tokens = await Promise.all(all.map((each) => session(each, ada.email)));
    for (const at of all)
      for (const each of tokens) expect(await judge(at, each)).toMatchObject({ viewer: { userId: ada.id } });
  });

  it('are published before they sign, so that the last key goes on for a while', async () => {
    const { db } = await fresh();
    const clock = new ManualClock();
    const api = await instance(db, { clock });
    const ada = await member(api);
    const old = kidOf(await session(api, ada.email));
    clock.advance(29.5 * DAY);
    expect(kidOf(await session(api, ada.email))).toBe(old);
    await eventually(async () => expect((await api.identity.keys.jwks()).keys).toHaveLength(2));
    clock.advance(600_000);
    expect(kidOf(await session(api, ada.email))).not.toBe(old);
  });

  it('lie sealed in the table, and no instance with another secret signs with them', async () => {
    const { db, database } = await fresh();
    const clock = new ManualClock();
    const api = await instance(db, { clock });
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    const [row] = await database.psql<{ sealed: string; public_jwk: object }>(
      `select encode(private_jwk_sealed, 'escape') as sealed, public_jwk from signing_key`,
    );
    expect(row?.sealed).not.toContain('OKP');
    expect(row?.public_jwk).toEqual({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String) });
    const stranger = await instance(db, { clock, secret: 'another secret altogether' });
    expect(await judge(stranger, tokens)).toMatchObject({ viewer: { userId: ada.id } });
    expect(kidOf(await session(stranger, ada.email))).not.toBe(kidOf(tokens));
  });

  it('are published without their private part', async () => {
    const { db } = await fresh();
    const api = await instance(db);
    const ada = await member(api);
    const tokens = await session(api, ada.email);
    const jwk = {
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.any(String),
      kid: kidOf(tokens),
      alg: 'EdDSA',
      use: 'sig',
    };
    expect(await api.identity.keys.jwks()).toEqual({ keys: [jwk] });
  });
});

describe('a seal', () => {
  const seal = new KeySeal('secret');

  it('opens under the same secret and id alone, and never after a bit has changed', () => {
    const sealed = seal.seal('kid', 'private');
    expect(seal.open('kid', sealed)).toBe('private');
    expect(new KeySeal('other').open('kid', sealed)).toBeNull();
    expect(seal.open('other', sealed)).toBeNull();
    for (let at = 0; at < sealed.length; at++) {
      const broken = Buffer.from(sealed);
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(seal.open('kid', broken)).toBeNull();
    }
    expect(seal.open('kid', Buffer.alloc(0))).toBeNull();
  });

  it('differs each time', () => {
    expect(seal.seal('kid', 'private')).not.toEqual(seal.seal('kid', 'private'));
  });
});
