import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, readConfig } from '../../src/main/config.js';
import { secretNames } from '../../src/main/env.js';
import type { Variable } from '../../src/main/variable-kinds.js';
import { variables } from '../../src/main/variables.js';
import { testFolder } from '../kit/program.js';

const sentences = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
  return [];
};

const PRODUCTION = { NODE_ENV: 'production', HOLDFAST_SECRET: 's'.repeat(32) };

test('an empty environment is a working development machine', () => {
  expect(readConfig({})).toMatchObject({
    production: false,
    host: '127.0.0.1',
    port: 4000,
    databaseUrl: null,
    databasePoolSize: 16,
    redisUrl: null,
    dataDir: resolve('.data'),
    playground: true,
    historyDays: 7,
    admin: { email: 'admin@holdfast.example', password: null },
  });
});

test('an empty value counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', HOLDFAST_ADMIN_PASSWORD: '' }).port).toBe(4000);
});

test.each([
  [{ PORT: '65536' }, 'PORT is "65536"; allowed is a whole number from 0 to 65535.'],
  [{ PORT: '-1' }, 'PORT is "-1"; allowed is a whole number from 0 to 65535.'],
  [{ PORT: '4e3' }, 'PORT is "4e3"; allowed is a whole number from 0 to 65535.'],
  [{ DATABASE_POOL_SIZE: '0' }, 'DATABASE_POOL_SIZE is "0"; allowed is a whole number from 1 to 500.'],
  [{ NODE_ENV: 'prod' }, 'NODE_ENV is "prod"; allowed is one of development, test, production.'],
  [{ HOLDFAST_PLAYGROUND: 'yes' }, 'HOLDFAST_PLAYGROUND is "yes"; allowed is on or off.'],
  [
    { HOLDFAST_ALLOWED_ORIGINS: 'https://a.example, https://b.example/path' },
    'HOLDFAST_ALLOWED_ORIGINS is "https://a.example, https://b.example/path"; allowed is a list of origins like https://rooms.example.com, with commas between them.',
  ],
  [
    { PUBLIC_URL: 'https://rooms.example.com/' },
    'PUBLIC_URL is "https://rooms.example.com/"; allowed is an address without a slash at its end like https://rooms.example.com.',
  ],
  [
    { HOLDFAST_TYPO: '1' },
    'HOLDFAST_TYPO is "1", and no such variable exists; allowed are those of .env.example.',
  ],
] as const)('refuses %j with a sentence that names variable, value and what is allowed', (env, sentence) => {
  expect(sentences(env)).toEqual([sentence]);
});

test('the public address may have a path', () => {
  expect(readConfig({}).publicUrl).toBeNull();
  const publicUrl = 'https://example.com/rooms';
  expect(readConfig({ PUBLIC_URL: publicUrl }).publicUrl).toBe(publicUrl);
});

test('sends mails only where a server and a sender are named, and no password unprotected', () => {
  expect(readConfig({}).mail).toBeNull();
  expect(
    readConfig({
      SMTP_URL: 'smtp://me%40example.com:p%2Fw@mail.example.com',
      MAIL_FROM: 'Our Rooms <rooms@example.com>',
    }).mail,
  ).toEqual({
    host: 'mail.example.com',
    port: 587,
    secure: false,
    startTls: 'REQUIRED',
    user: 'me@example.com',
    password: 'p/w',
    caFile: null,
    from: { name: 'Our Rooms', address: 'rooms@example.com' },
  });
  const relay = { SMTP_URL: 'smtp://relay', MAIL_FROM: 'rooms@example.com' };
  expect(readConfig(relay).mail).toMatchObject({
    port: 25,
    startTls: 'OFFERED',
    user: null,
    from: { name: 'Holdfast', address: 'rooms@example.com' },
  });
  const secure = { ...relay, SMTP_URL: 'smtps://relay', SMTP_STARTTLS: 'off' };
  expect(readConfig(secure).mail).toMatchObject({ port: 465, secure: true });
  expect(sentences({ SMTP_URL: 'smtp://relay' })).toEqual([expect.stringMatching(/^MAIL_FROM is not set;/)]);
  expect(sentences({ ...relay, SMTP_URL: 'smtp://me:pw@relay', SMTP_STARTTLS: 'off' })).toEqual([
    expect.stringMatching(/^SMTP_STARTTLS is "off"/),
  ]);
  expect(sentences({ MAIL_FROM: 'a@example.com, b@example.com' })).toHaveLength(1);
});

test('stores files of the log where it is told to, and there are any', () => {
  expect(readConfig({ LOG_FILE: '/var/log/rooms.log' }).logFile).toEqual({
    path: '/var/log/rooms',
    megabytes: 50,
    count: 10,
    isStored: false,
  });
  expect(readConfig({ LOG_FILE: '/var/log/rooms', LOG_FILE_STORE: 'on' }).logFile?.isStored).toBe(true);
  expect(sentences({ LOG_FILE_STORE: 'on' })).toEqual([expect.stringMatching(/^LOG_FILE is not set;/)]);
  expect(readConfig({ LOG_FILE_STORE: 'off' }).logFile).toBeNull();
});

test('never shows the value of a secret, not even a wrong one', () => {
  const told = sentences({ DATABASE_URL: 'mysql://me:hunter2@db', HOLDFAST_SECRET: 'hunter2' }).join();
  expect(told).toContain('DATABASE_URL is a value that is not shown here; allowed is a URL like postgres://');
  expect(told).toContain(
    'HOLDFAST_SECRET is a value that is not shown here; allowed is a text of at least 32',
  );
  expect(told).not.toContain('hunter2');
});

test('names every wrong variable at once', () => {
  expect(sentences({ PORT: 'x', LOG_LEVEL: 'x', HOLDFAST_HISTORY_DAYS: '0' })).toHaveLength(3);
});

test('production demands a secret, refuses a test clock and switches the playground off', () => {
  expect(sentences({ NODE_ENV: 'production' })).toEqual([
    'HOLDFAST_SECRET is not set; in production it must be a text of at least 32 characters.',
  ]);
  expect(sentences({ ...PRODUCTION, HOLDFAST_TEST_CLOCK_FILE: '/now' })).toEqual([
    'HOLDFAST_TEST_CLOCK_FILE is "/now"; in production it must not be set.',
  ]);
  expect(readConfig(PRODUCTION)).toMatchObject({ production: true, playground: false });
  expect(readConfig({ ...PRODUCTION, HOLDFAST_PLAYGROUND: 'on' }).playground).toBe(true);
});

test('the directory is off without LDAP_URL, and needs a place to search with it', () => {
  expect(readConfig({ LDAP_BASE_DN: 'dc=a' }).ldap).toBeNull();
  const url = 'ldaps://dc1.example.com, ldap://[::1]:1389';
  expect(readConfig({ LDAP_URL: url, LDAP_BASE_DN: 'dc=a' }).ldap).toMatchObject({
    urls: ['ldaps://dc1.example.com', 'ldap://[::1]:1389'],
    groupBaseDn: 'dc=a',
    loginAttribute: 'mail',
    roleGroups: [],
    defaultRole: 'MEMBER',
  });
  expect(sentences({ LDAP_URL: url, LDAP_BIND_DN: 'cn=a' })).toHaveLength(2);
  for (const wrong of ['ldaps://dc1/dc=a', 'ldaps://dc1:99999'])
    expect(sentences({ LDAP_URL: wrong, LDAP_BASE_DN: 'dc=a' })).toHaveLength(1);
});

test('passwords go to another machine unprotected only where that is asked for', () => {
  const plain = { LDAP_URL: 'ldaps://dc1,ldap://dc2:389,ldap://127.0.0.1.example', LDAP_BASE_DN: 'dc=a' };
  expect(sentences(plain)).toEqual(
    ['ldap://dc2:389', 'ldap://127.0.0.1.example'].map(
      (url) =>
        `LDAP_URL has ${url}, where passwords would go unprotected; allowed is ldaps://, LDAP_START_TLS=on, ` +
        'a server on this machine, or LDAP_ALLOW_PLAIN=on.',
    ),
  );
  for (const more of [{ LDAP_START_TLS: 'on' }, { LDAP_ALLOW_PLAIN: 'on' }])
    expect(sentences({ ...plain, ...more })).toEqual([]);
  const here = 'ldap://localhost:389,ldap://127.0.0.2,ldap://[::1]:1389';
  expect(sentences({ ...plain, LDAP_URL: here })).toEqual([]);
});

test('roles by group may name a group by its distinguished name', () => {
  const groups = 'Administrators=ADMINISTRATOR; cn=Desk,ou=groups,dc=a=MANAGER;';
  expect(
    readConfig({ LDAP_URL: 'ldaps://a', LDAP_BASE_DN: 'dc=a', LDAP_ROLE_GROUPS: groups }).ldap,
  ).toMatchObject({
    roleGroups: [
      { group: 'Administrators', role: 'ADMINISTRATOR' },
      { group: 'cn=Desk,ou=groups,dc=a', role: 'MANAGER' },
    ],
  });
  expect(sentences({ LDAP_ROLE_GROUPS: 'Administrators=BOSS' })).toHaveLength(1);
});

test('days are named by kind, and what is left out has its own', () => {
  const kept = {
    audit: 730,
    security: 180,
    notifications: 90,
    titles: null,
    logs: 90,
    mails: 7,
    deliveries: 7,
    sessions: 7,
  };
  expect(readConfig({}).keep).toEqual(kept);
  expect(
    readConfig({ HOLDFAST_KEEP_DAYS: 'audit:off, titles:30,logs:5,mails:14', HOLDFAST_HISTORY_DAYS: '9' })
      .keep,
  ).toEqual({ ...kept, audit: null, titles: 30, logs: 5, mails: 14, deliveries: 9, sessions: 9 });
  for (const wrong of ['audit:0', 'audits:1', 'audit=1', 'audit:1d', 'audit'])
    expect(sentences({ HOLDFAST_KEEP_DAYS: wrong })).toHaveLength(1);
});

test('reads a secret from the file that NAME_FILE names', () => {
  const path = join(testFolder(), 'url');
  writeFileSync(path, 'postgres://me:pw@db/holdfast\n');
  expect(readConfig({ DATABASE_URL_FILE: path }).databaseUrl).toBe('postgres://me:pw@db/holdfast');
  expect(sentences({ DATABASE_URL_FILE: path, DATABASE_URL: 'postgres://other/db' })).toEqual([
    'DATABASE_URL and DATABASE_URL_FILE are both set; only one of them is allowed.',
  ]);
  expect(sentences({ HOLDFAST_SECRET_FILE: '/not/there' })).toEqual([
    'HOLDFAST_SECRET_FILE is "/not/there", which cannot be read (ENOENT); allowed is a readable file.',
  ]);
});

test('offers a file for secrets only, and none of them hides a variable of its own', () => {
  expect([...secretNames].sort()).toEqual(
    [
      'DATABASE_URL',
      'HOLDFAST_ADMIN_PASSWORD',
      'HOLDFAST_SECRET',
      'LDAP_BIND_PASSWORD',
      'OIDC_CLIENT_SECRET',
      'REDIS_URL',
      'SMTP_URL',
    ].sort(),
  );
  for (const name of secretNames) expect(variables).not.toHaveProperty(`${name}_FILE`);
  expect(sentences({ HOLDFAST_ISSUER_FILE: '/tmp/x' })).toHaveLength(1);
});

test('.env.example shows every variable with its default, and no other', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const shown = lines.flatMap((line) => /^#([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3).join('=') ?? []);
  const real = Object.entries<Variable<unknown>>(variables).map(
    ([name, { fallback }]) => `${name}=${fallback ?? ''}`,
  );
  expect(shown.sort()).toEqual(real.sort());
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});

test('.env.example says of each secret that it is one, and every example in it is allowed', () => {
  const text = readFileSync('.env.example', 'utf8');
  const paragraphs = text.split(/\n\n/);
  for (const name of secretNames) {
    expect(paragraphs.find((paragraph) => paragraph.includes(`#${name}=`))).toContain('secret');
  }
  for (const [, name, value] of text.matchAll(/^# example: ([A-Z_]+)=(.+)$/gm)) {
    expect(sentences({ [name as string]: value })).toEqual([]);
  }
});

test('a provider is off without OIDC_ISSUER, and needs a client, an address of ours and TLS with it', () => {
  expect(readConfig({ OIDC_CLIENT_ID: 'rooms' }).oidc).toBeNull();
  const whole = { OIDC_CLIENT_ID: 'rooms', PUBLIC_URL: 'https://rooms.example.com' };
  const issuer = 'https://login.example.com/realms/main';
  expect(
    readConfig({ ...whole, OIDC_ISSUER: issuer, OIDC_ROLE_GROUPS: 'admins=ADMINISTRATOR' }).oidc,
  ).toEqual({
    issuer,
    clientId: 'rooms',
    clientSecret: null,
    scopes: 'openid profile email',
    groupClaim: 'groups',
    roleGroups: [{ group: 'admins', role: 'ADMINISTRATOR' }],
    memberGroups: [],
    defaultRole: 'MEMBER',
    addsPeople: true,
  });
  expect(sentences({ OIDC_ISSUER: issuer })).toEqual([
    expect.stringMatching(/^OIDC_CLIENT_ID is not set;/),
    expect.stringMatching(/^PUBLIC_URL is not set;/),
  ]);
  for (const here of ['http://127.0.0.1:9000', 'http://localhost'])
    expect(sentences({ ...whole, OIDC_ISSUER: here })).toEqual([]);
  expect(sentences({ ...whole, OIDC_ISSUER: 'http://login.example.com' })).toEqual([
    'OIDC_ISSUER is "http://login.example.com", where anybody could answer in its name; allowed is https://.',
  ]);
  for (const wrong of [{ OIDC_SCOPES: 'profile email' }, { OIDC_ISSUER: 'https://a.example?x=1' }])
    expect(sentences({ ...whole, OIDC_ISSUER: issuer, ...wrong })).toHaveLength(1);
});

test('roles that must have a second factor are named one by one', () => {
  expect(readConfig({}).secondFactorRoles).toEqual([]);
  const named = readConfig({ HOLDFAST_SECOND_FACTOR: 'ADMINISTRATOR, MANAGER' });
  expect(named.secondFactorRoles).toEqual(['ADMINISTRATOR', 'MANAGER']);
  expect(sentences({ HOLDFAST_SECOND_FACTOR: 'ADMIN' })).toHaveLength(1);
});
