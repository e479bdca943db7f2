import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { globalId } from '../../src/domain/ids.js';
import { post } from '../kit/calls.js';
import { useDatabase } from '../kit/database.js';
import { everything } from '../kit/everything.js';
import { person } from '../kit/people.js';
import { startApi } from '../kit/program.js';
import {
  mangled,
  oneOf,
  type RandomOperation,
  randomFrom,
  randomOperation,
} from '../kit/random-documents.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const database = await useDatabase();
const { db, psql } = database;
const api = await startApi({ databaseUrl: database.url });
const administrator = await person(db, 'ADMINISTRATOR');
const [token] = (await tokensFor(db, [administrator])) as [string];
const { id: resource } = await room(db);
const ids = [globalId('Resource', resource), globalId('User', administrator.id), 'res_x', 'usr_'];
/** Set it to repeat a run. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);

/** Whoever is signed out gets no further. */
const ENDS_SESSIONS = [
  'signOut',
  'signOutEverywhere',
  'sessionRevoke',
  'sessionsRevoke',
  'passwordChange',
  'passwordSet',
  'userUpdate',
  'userHandToDirectory',
  'factorsReset',
  'totpConfirm',
  'totpRemove',
  'passkeyConfirm',
  'passkeyRemove',
  'identityLinkConfirm',
  'identityUnlink',
  'recoveryCodesRenew',
  'sessionProve',
];

/** Posts it all, a few at a time, and gives back what was wrong with the answers, and how many got past the door. */
async function answersTo(bodies: readonly unknown[], as: string | null) {
  const wrong: string[] = [];
  let decided = 0;
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < bodies.length; index = next++) {
      const body = bodies[index];
      const got = await post(api, as, body);
      const text = JSON.stringify(got?.answer ?? '');
      if (!got?.answer.errors) decided++;
      const isWrong = !got || got.status >= 500 || /"INTERNAL"|node_modules|at async|SQLSTATE/.test(text);
      if (isWrong)
        wrong.push(`${got?.status} ${text.slice(0, 500)}\n  for ${JSON.stringify(body).slice(0, 3_000)}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return { wrong, decided };
}

const operations = (kind: 'query' | 'mutation', count: number, seed: number, wrongPercent: number) => {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () =>
    randomOperation(schema, kind, { random, ids, wrongPercent }, ENDS_SESSIONS),
  );
};

/** Valid ones as well as those whose text has suffered. */
function documents(count: number, seed: number): unknown[] {
  const random = randomFrom(seed);
  const query = (): RandomOperation => randomOperation(schema, 'query', { random, ids, wrongPercent: 10 });
  return Array.from({ length: count }, () => {
    const operation = query();
    const body = { ...operation, query: mangled(random, operation.query) };
    return oneOf<unknown>(random, [body, body, body, mangled(random, JSON.stringify(operation))]);
  });
}

describe(`10,000 random operations (FUZZ_SEED=${SEED})`, () => {
  let before = {};
  beforeAll(async () => {
    before = await everything(psql);
  });

  it.each<[string, () => unknown[], 'ADMINISTRATOR' | 'NOBODY']>([
    ['4,000 queries with any values', () => operations('query', 4_000, SEED, 3), 'ADMINISTRATOR'],
    ['2,500 mangled documents', () => documents(2_500, SEED + 1), 'ADMINISTRATOR'],
    ['1,500 mutations of nobody', () => operations('mutation', 1_500, SEED + 2, 5), 'NOBODY'],
  ])(
    'answers %s without a fault, and changes nothing',
    async (_, bodies, who) => {
      const { wrong } = await answersTo(bodies(), who === 'NOBODY' ? null : token);
      expect(wrong).toEqual([]);
      expect(await everything(psql)).toEqual(before);
    },
    240_000,
  );

  it('answers 2,000 mutations of an administrator without a fault', async () => {
    const { wrong, decided } = await answersTo(operations('mutation', 2_000, SEED + 3, 2), token);
    expect(wrong).toEqual([]);
    expect(decided).toBeGreaterThan(500);
  }, 240_000);
});
