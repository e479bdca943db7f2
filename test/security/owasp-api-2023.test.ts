import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { judgeRootField } from '../../src/graphql/permissions.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { startSweeper } from '../kit/program.js';
import { target } from './attacks.js';

const database = await useDatabase();
const { api, ask, changes, owner, reservation, resource, tokens } = await target(database, {
  HOLDFAST_SIGN_INS_PER_ACCOUNT: '5',
});
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const MESSAGE = '__typename ... on UserError { message } ... on ReservationRefused { reasons { code } }';

describe('API1:2023 Broken object level authorization', () => {
  it.each<[string, string]>([
    ['reservation', `{ reservation(id: "${reservation}") { title details owner { name } } }`],
    ['node', `{ node(id: "${reservation}") { ... on Reservation { title details } } }`],
    ['nodes', `{ nodes(ids: ["${reservation}"]) { ... on Reservation { title details } } }`],
    ['lists', '{ reservations { nodes { title details } } }'],
    [
      'availability',
      `{ availability(resources: ["${resource}"], window: {startsAt: "2032-03-02T00:00:00Z", endsAt: "2032-03-03T00:00:00Z"})
         { busy { reservation { title } } spans { cause { title message } } } }`,
    ],
  ])('does not show to a guest through %s what is not theirs', async (_, query) => {
    expect((await ask(tokens.owner, query)).text).toContain('SECRET');
    const { text } = await ask(tokens.guest, query);
    expect(text).not.toContain('SECRET');
  });

  it.each<[string, string]>([
    ['cancel', `reservationCancel(id: "${reservation}") { ${MESSAGE} }`],
    ['confirm', `reservationConfirm(id: "${reservation}") { ${MESSAGE} }`],
    ['edit', `reservationUpdate(id: "${reservation}", input: {title: "mine"}) { ${MESSAGE} }`],
    [
      'move',
      `reservationMove(id: "${reservation}", input: {window: {startsAt: "2032-03-03T09:00:00Z", endsAt: "2032-03-03T10:00:00Z"}}) { ${MESSAGE} }`,
    ],
  ])('lets no stranger %s what is not theirs', async (_, call) => {
    const before = await changes();
    for (const token of [tokens.stranger, tokens.guest]) {
      const { text } = await ask(token, `mutation { ${call} }`);
      expect(text).toMatch(/NotFound|NOT_PERMITTED/);
    }
    expect(await changes()).toBe(before);
  });
});

describe('API2:2023 Broken authentication', () => {
  const SIGN_IN =
    'mutation ($email: String!) { signIn(input: {email: $email, password: "wrong wrong wrong"}) { __typename ... on UserError { message } } }';

  it('says the same of a wrong password and of nobody', async () => {
    const known = await ask(null, SIGN_IN, { email: owner.email });
    const unknown = await ask(null, SIGN_IN, { email: 'nobody@example.com' });
    expect(known.text).toBe(unknown.text);
    expect(known.data.signIn.__typename).toBe('SignInRefused');
  });

  it('counts each of the guesses that come in one request', async () => {
    const { email } = await person(database.db);
    const guesses = Array.from(
      { length: 20 },
      (_, index) =>
        `g${index}: signIn(input: {email: "${email}", password: "guess ${index} guess"}) { __typename }`,
    );
    const { code, text } = await ask(null, `mutation { ${guesses.join(' ')} }`);
    expect(code).toBe('RATE_LIMITED');
    expect(text.match(/SignInRefused/g)?.length ?? 0).toBeLessThanOrEqual(5);
  });
});

describe('API3:2023 Broken object property level authorization', () => {
  it('takes no role that somebody gives to themselves', async () => {
    const before = await changes();
    const { text } = await ask(
      tokens.owner,
      `mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { __typename ... on UserError { message } } }`,
      { input: { id: `usr_${owner.id.replaceAll('-', '')}`, role: 'ADMINISTRATOR' } },
    );
    expect(text).not.toContain('UserUpdateSuccess');
    expect(await changes()).toBe(before);
  });

  it('takes no property that is not named in the schema', async () => {
    const { code } = await ask(
      tokens.owner,
      'mutation ($input: ReservationCreateInput!) { reservationCreate(input: $input) { __typename } }',
      { input: { title: 'x', state: 'CONFIRMED', creatorId: 'usr_x', window: {}, resources: [] } },
    );
    expect(code).toBe('BAD_USER_INPUT');
  });

  it('has no property for what is nobody’s business', () => {
    const names = Object.values(schema.getTypeMap()).flatMap((type) =>
      'getFields' in type && !/Input$|Secret|SignIn|Token/.test(type.name)
        ? Object.keys(type.getFields())
        : [],
    );
    // The token of an alternative only says which one is meant, and the hash of the audit is there to be kept elsewhere.
    // Secrets of clients are listed without what they are; that of an authenticator app is shown once.
    const known =
      /^(oldSecretExpiresAt|password(Change|Set)|token(Refresh)?|(webhook|apiClient)RotateSecret|apiSecretRevoke|secrets?|hash|unsealed\w*)$/;
    const telling = names.filter((name) => /hash|secret|sealed|password|token/i.test(name));
    expect(telling.filter((name) => !known.test(name))).toEqual([]);
  });

  it('shows addresses to nobody whose business they are not', async () => {
    const { text } = await ask(tokens.stranger, '{ users { nodes { email name } } }');
    expect(text).not.toContain(owner.email);
  });
});

describe('API4:2023 Unrestricted resource consumption', () => {
  it.each<[string, string, object]>([
    ['depth', `{ places { nodes ${'{ children { nodes '.repeat(10)} { id } ${'} }'.repeat(10)} } }`, {}],
    ['aliases', `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: viewer { id }`).join(' ')} }`, {}],
    ['pages', '{ reservations(first: 100000) { nodes { id } } }', {}],
    ['cost', '{ resources(first: 200) { nodes { reservations(first: 200) { nodes { id } } } } }', {}],
    ['lists', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(1_001).fill('x') }],
    ['bytes', '{ viewer { id } }', { padding: 'x'.repeat(200_000) }],
    ['directives', `{ viewer { id ${'@include(if: true) '.repeat(50)} } }`, {}],
    ['fragments', `{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...A }`, {}],
  ])('bounds %s before anything is read', async (_, query, variables) => {
    const { status, code, data } = await ask(tokens.administrator, query, variables);
    expect([400, 200, 413]).toContain(status);
    expect(code).toMatch(/BAD_USER_INPUT|COST_EXCEEDED/);
    expect(data).toBeNull();
  });

  it('takes no batch of operations', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.owner}` },
      body: JSON.stringify(Array(3).fill({ query: '{ viewer { id } }' })),
    });
    expect(response.status).toBe(400);
  });
});

describe('API5:2023 Broken function level authorization', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name }) => name);
  const forbiddenTo = (role: 'MEMBER' | 'GUEST') =>
    mutations.filter((name) => {
      try {
        judgeRootField(`Mutation.${name}`, { userId: owner.id, sessionId: owner.id, role });
        return false;
      } catch {
        return true;
      }
    });

  it.each(['MEMBER', 'GUEST'] as const)(
    'refuses a %s what only managers and administrators may call',
    async (role) => {
      const names = forbiddenTo(role);
      expect(names.length).toBeGreaterThan(20);
      const token = role === 'MEMBER' ? tokens.stranger : tokens.guest;
      const before = await changes();
      for (const name of names) {
        const field = schema.getMutationType()?.getFields()[name];
        const args = field?.args ?? [];
        const declared = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
        const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
        const values = Object.fromEntries(
          args.map((arg) => [arg.name, arg.type.toString().startsWith('ID') ? reservation : {}]),
        );
        const query = `mutation (${declared}) { ${name}(${passed}) { __typename } }`;
        const { code, text } = await ask(token, query, values);
        // Inputs that do not fit are refused before anybody asks who calls.
        expect([name, code]).toEqual([name, expect.stringMatching(/FORBIDDEN|BAD_USER_INPUT/)]);
        expect(text).not.toContain('Success');
      }
      expect(await changes()).toBe(before);
    },
  );
});

describe('API6:2023 Unrestricted access to sensitive business flows', () => {
  it('holds nothing for longer than the rules of the house say, however it is asked', async () => {
    const HOLD = `mutation ($input: ReservationHoldInput!) { reservationHold(input: $input) { ${MESSAGE} } }`;
    const { text } = await ask(tokens.stranger, HOLD, {
      input: {
        title: 'x',
        window: { startsAt: '2032-05-02T09:00:00Z', endsAt: '2032-05-02T10:00:00Z' },
        resources: [{ resourceId: resource }],
        holdSeconds: 10_000_000,
      },
    });
    expect(text).toMatch(/InvalidInput|BAD_USER_INPUT/);
  });
});

describe('API7:2023 Server side request forgery', () => {
  it('posts to no address of the house, by whatever name it goes', async () => {
    const inner = createServer((_, response) => void response.end('inside')).listen(0, '127.0.0.1');
    await once(inner, 'listening');
    const { port } = inner.address() as AddressInfo;
    let reached = 0;
    inner.on('request', () => reached++);
    const sweeper = await startSweeper({ databaseUrl: database.url });
    const CREATE = `mutation ($input: WebhookCreateInput!) { webhookCreate(input: $input) { __typename
      ... on WebhookSecretSuccess { webhook { id } } ... on UserError { message } } }`;
    const TEST =
      'mutation ($id: ID!) { webhookTest(id: $id) { __typename ... on WebhookDeliverySuccess { delivery { id } } } }';
    const LOOK =
      'query ($id: ID!) { node(id: $id) { ... on WebhookDelivery { attempts lastError response } } }';
    const hosts = [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '0x7f000001',
      '2130706433',
      '127.1',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
    ];
    for (const [index, host] of hosts.entries()) {
      const url = `http://${host}:${port}/`;
      const made = await ask(tokens.manager, CREATE, { input: { name: `Hook ${index}`, url } });
      const { id } = made.data?.webhookCreate?.webhook ?? {};
      if (!id) continue;
      const tested = await ask(tokens.manager, TEST, { id });
      const delivery = tested.data.webhookTest.delivery.id;
      await eventually(async () => {
        const seen = await ask(tokens.manager, LOOK, { id: delivery });
        expect(seen.data.node).toMatchObject({ attempts: 1, response: null });
      }, 10_000);
    }
    expect(reached).toBe(0);
    await sweeper.stop();
    inner.close();
  }, 60_000);
});

describe('API8:2023 Security misconfiguration', () => {
  it('shows no schema, no landing page and no name of what it is made of', async () => {
    const { code, text } = await ask(tokens.administrator, '{ __schema { types { name } } }');
    expect(code).toBe('BAD_USER_INPUT');
    expect(text).not.toContain('"types"');
    const typo = await ask(tokens.owner, '{ reservatons { nodes { id } } }');
    expect(typo.text).not.toContain('Did you mean');
    for (const path of ['/', '/graphql', '/nothing']) {
      const response = await fetch(`${api.url}${path}`, { headers: { accept: 'text/html' } });
      expect(response.headers.get('x-powered-by')).toBeNull();
      expect(response.headers.get('server')).toBeNull();
      expect(await response.text()).not.toMatch(/graphiql|apollo server|node_modules|at async/i);
    }
  });

  it('lets no other origin read, or send what it is not asked to', async () => {
    const origin = 'https://evil.example';
    const options = await fetch(`${api.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(options.headers.get('access-control-allow-origin')).toBeNull();
    const simple = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { origin, 'content-type': 'text/plain' },
      body: JSON.stringify({ query: 'mutation { signOutEverywhere { __typename } }' }),
    });
    expect(simple.status).toBeGreaterThanOrEqual(400);
  });

  it('says nothing of itself when something breaks', async () => {
    const { text } = await ask(tokens.owner, `{ node(id: "res_${'0'.repeat(31)}\u0000") { id } }`);
    expect(text).not.toMatch(/invalid byte|postgres|SQLSTATE|node_modules/i);
  });
});

describe('API9:2023 Improper inventory management', () => {
  it('serves nothing that is not documented', async () => {
    const hidden = [
      '/metrics',
      '/debug',
      '/admin',
      '/v1/graphql',
      '/.env',
      '/.git/config',
      '/actuator',
      '/graphql/schema',
      '/server-status',
    ];
    for (const path of hidden) {
      const response = await fetch(`${api.url}${path}`);
      expect([path, response.status]).toEqual([path, 404]);
    }
  });
});

describe('API10:2023 Unsafe consumption of APIs', () => {
  it.each<[string, string]>([
    ['commands for the mail server', 'x\r\nBcc: everybody@example.com'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['lines of a calendar', 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT'],
  ])('takes %s in an imported calendar for the words that they are', async (_, words) => {
    const text = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      `UID:${words.replace(/[\r\n]/g, '\\n')}`,
      'DTSTART:20320602T090000Z',
      'DTEND:20320602T100000Z',
      `SUMMARY:${words.replaceAll('\r\n', '\\n')}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');
    const IMPORT = `mutation ($input: ReservationsImportInput!) { reservationsImport(input: $input) { __typename
      ... on ReservationsImportSuccess { events { outcome title } } ... on UserError { message } } }`;
    const { data } = await ask(tokens.owner, IMPORT, {
      input: { text, resources: [{ resourceId: resource }], dryRun: true },
    });
    expect(data.reservationsImport.events).toHaveLength(1);
  });
});
