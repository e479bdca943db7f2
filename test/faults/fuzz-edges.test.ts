import { request } from 'node:http';
import { createFeed } from '../../src/domain/feeds/create-feed.js';
import { globalId } from '../../src/domain/ids.js';
import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { apiClient, basic } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { everything } from '../kit/everything.js';
import { filesIn, limits } from '../kit/files.js';
import { person } from '../kit/people.js';
import { anything, oneOf, type Random, randomFrom, TEXTS } from '../kit/random-documents.js';
import { ownDocuments, testServer } from '../kit/server.js';
import { room } from '../kit/things.js';

const { db, psql } = await useDatabase();
const { id, viewer } = await person(db, 'ADMINISTRATOR');
const ctx = testCtx(db, viewer);
const { id: resourceId } = await room(db);
const links = new DoorLinks('a secret of the test');
const MANY = 100_000_000;
const server = await testServer(db, {
  clock: ctx.clock,
  parts: {
    links,
    files: { ...(await filesIn()), limits },
    counters: () => ({
      add: async () => ({ count: 0, msLeft: 0 }),
      takeBack: async () => undefined,
      block: async () => undefined,
      forget: async () => undefined,
    }),
    limits: { operationsPerAddress: MANY, operationsPerUser: MANY, requestsPerAddress: MANY },
  },
});
const { accessToken } = await server.identity.tokens.issue({
  id,
  role: 'ADMINISTRATOR',
  sessionId: viewer.sessionId,
  issuedAtMs: ctx.clock.now().getTime(),
} as never);
const client = await apiClient(ctx);
const feed = await createFeed(ctx, { name: 'Mine', resourceId: null, placeId: null });
if ('kind' in feed) throw new Error(feed.message);
/** Set it to repeat a run. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);

const NAMES = Object.values(ownDocuments).flatMap((text) => {
  const [, name] = /(?:query|mutation)\s+(\w+)/.exec(text) ?? [];
  return name ? [name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()] : [];
});
const IDS = [
  globalId('Resource', resourceId),
  globalId('User', id),
  client.id,
  feed.token,
  links.token(resourceId, 1),
];
/** What a careless or hostile pen writes into an address, encoded or as if it were. */
const ODD = [
  '%00',
  '%',
  '%zz',
  '%ed%a0%80',
  '%c0%ae%c0%ae%2f',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%0d%0aSet-Cookie:%20x=y',
  '%25%32%35',
  '__proto__',
  '%5B%5D',
  '[__proto__][x]',
  '9'.repeat(400),
  '1e400',
  '-0',
  ';',
  '//',
  '\\',
  '.json',
  '.ics',
  '{}',
  'a'.repeat(4_000),
];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'];
const TYPES = [
  'application/json',
  'application/json',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json; charset=utf-7',
  'application/\u00ff',
  '*/*',
  '',
];
const ACCEPTS = ['*/*', 'text/html', 'application/json;q=x', '\u00ff'];

const word = (random: Random): string =>
  oneOf(random, [
    () => oneOf(random, IDS),
    () => oneOf(random, ODD),
    () => encodeURIComponent(oneOf(random, TEXTS).toWellFormed()),
  ])();
const words = (random: Random, most: number, glue: string): string =>
  Array.from({ length: Math.floor(random() * (most + 1)) }, () => word(random)).join(glue);
const query = (random: Random, names: readonly string[]): string =>
  random() < 0.3
    ? ''
    : `?${Array.from({ length: Math.floor(random() * 4) }, () => `${random() < 0.8 ? oneOf(random, names) : word(random)}=${word(random)}`).join('&')}`;

function json(random: Random): string {
  const value = () => oneOf<unknown>(random, [anything(random), oneOf(random, TEXTS), oneOf(random, IDS)]);
  const input = {
    title: value(),
    window: value(),
    resources: [value()],
    idempotencyKey: value(),
    __proto__x: value(),
  };
  return oneOf(random, [
    () => JSON.stringify({ id: oneOf(random, IDS), input, first: value() }),
    () => JSON.stringify(value()),
    () => `{"__proto__": {"x": 1}, "input": ${JSON.stringify(input)}}`,
    () => '{"a": "\\ud800", "b": 1e999}',
    () => `${'['.repeat(5_000)}`,
    () => JSON.stringify(input).slice(0, -3),
  ])();
}

const FORM = ['grant_type', 'client_id', 'client_secret', 'scope', 'response', 'version', 'reservation'];
const form = (random: Random): string =>
  `grant_type=client_credentials&${query(random, FORM).slice(1)}&${query(random, FORM).slice(1)}`;
const body = (random: Random): string =>
  oneOf(random, [json, form, () => oneOf(random, TEXTS), () => ''])(random);

/** Paths below which something answers, with the parameters that it takes. */
const ROUTES: Readonly<Record<string, (random: Random) => string>> = {
  '/rest/': (random) =>
    `/rest/${random() < 0.8 ? oneOf(random, NAMES) : words(random, 2, '/')}${oneOf(random, ['', '', '/v1', '/v0', `/v${'9'.repeat(30)}`])}${query(random, ['first', 'after', 'filter', 'id', 'ids', 'window', 'input'])}`,
  '/oauth/token': (random) => `/oauth/token${query(random, FORM)}`,
  '/export/': (random) =>
    `/export/${oneOf(random, ['audit.csv', 'audit.jsonl', 'users/', `users/${globalId('User', id)}.json`])}${words(random, 1, '')}${query(random, ['after', 'action', 'actor', 'subject', 'from', 'until'])}`,
  '/files/': (random) => `/files/${words(random, 2, '/')}${query(random, ['x'])}`,
  '/invitation/': (random) => `/invitation/${words(random, 2, '/')}${query(random, ['x'])}`,
  '/ical/': (random) => `/ical/${words(random, 2, '/')}${oneOf(random, ['', '.ics'])}${query(random, ['x'])}`,
  '/door/': (random) => `/door/${words(random, 2, '/')}${oneOf(random, ['', '.json'])}`,
  '/check-in/': (random) => `/check-in/${words(random, 2, '/')}${query(random, ['outcome'])}`,
  '/graphql': (random) =>
    `/graphql${query(random, ['documentId', 'variables', 'extensions', 'operationName', 'query'])}`,
  '/': (random) => `/${words(random, 3, '/')}`,
};
const NOBODYS = [
  undefined,
  '',
  'Bearer',
  'Bearer x.y.z',
  'Basic ====',
  basic('x', '\ud800'.toWellFormed()),
  basic(client.id, 'hfs_x'),
  'Basic \u00ff',
];

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
function randomCall(random: Random, route: (random: Random) => string, token: string | null): Call {
  const authorization = token ? `Bearer ${token}` : oneOf(random, NOBODYS);
  const type = oneOf(random, TYPES);
  const method = oneOf(random, METHODS);
  return {
    method,
    // Node itself sends no raw spaces and controls
    path: route(random).replace(/[^!-~]/g, encodeURIComponent),
    headers: {
      accept: oneOf(random, ACCEPTS),
      ...(type && { 'content-type': type }),
      ...(authorization && { authorization }),
      ...(random() < 0.2 && { 'if-none-match': oneOf(random, ['*', '"', 'W/', '"x", W/"y"', '\u00ff']) }),
      ...(random() < 0.2 && {
        'idempotency-key': oneOf(random, ['x', '"', '"x"', 'x'.repeat(300), '\u00ff']),
      }),
      ...(random() < 0.1 && {
        cookie: oneOf(random, ['holdfast-session=x', '=;=', 'holdfast-visit=AQ', '\u00ff']),
      }),
      ...(random() < 0.1 && { origin: oneOf(random, ['null', 'x', 'https://evil.example']) }),
    },
    body: method === 'GET' || method === 'HEAD' ? '' : body(random),
  };
}

const send = ({ method, path, headers, body: text }: Call): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const length = text === '' ? {} : { 'content-length': Buffer.byteLength(text) };
    const call = request(
      { hostname, port, method, path, headers: { ...headers, ...length }, agent: false },
      async (response) => {
        const chunks = (await response.toArray()) as Buffer[];
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('latin1') });
      },
    );
    call.on('error', reject);
    call.end(text === '' ? undefined : text);
  });

/** What was wrong with the answers to so many calls of a route. */
async function wrongs(route: (random: Random) => string, count: number, seed: number, token: string | null) {
  const random = randomFrom(seed);
  const wrong: string[] = [];
  for (let n = 0; n < count; n++) {
    const call = randomCall(random, route, token);
    const got = await send(call).catch((error: Error) => ({ status: 0, text: error.message }));
    const isWrong =
      got.status === 0 || got.status >= 500 || /node_modules|at async|SQLSTATE|"INTERNAL"/.test(got.text);
    if (isWrong)
      wrong.push(`${got.status} ${got.text.slice(0, 300)}\n  for ${JSON.stringify(call).slice(0, 1_500)}`);
  }
  return wrong;
}

describe(`random requests beside GraphQL (FUZZ_SEED=${SEED})`, () => {
  it.each(Object.entries(ROUTES))(
    'to %s are answered without a fault, and change nothing for nobody',
    async (_, route) => {
      const before = await everything(psql);
      expect(await wrongs(route, 400, SEED, null)).toEqual([]);
      expect(await everything(psql)).toEqual(before);
      expect(await wrongs(route, 200, SEED + 1, accessToken)).toEqual([]);
      const errors = server.log.lines.filter(({ level }) => level === 'error');
      expect(errors.map(({ facts }) => (facts as { err?: Error }).err?.stack)).toEqual([]);
    },
    120_000,
  );
});
