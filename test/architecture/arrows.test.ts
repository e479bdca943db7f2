import { breaches, never, wall } from './cruise.js';

/** A room of the domain knows only those before it. Rooms that do not exist yet keep their place. */
const LADDER = [
  'time',
  'events',
  'audit',
  'users',
  'auth',
  'resources',
  'people',
  'schedules',
  'decisions',
  'reservations',
  'approvals',
  'closings',
  'series',
  'presence',
  'participants',
  'attachments',
  'comments',
  'undo',
  'availability',
  'waitlist',
  'notifications',
  'mail',
  'feeds',
  'webhooks',
  'privacy',
  'clients',
  'operations',
  'logs',
  'reports',
];

const ladder = LADDER.slice(0, -1).map((room, index) =>
  never(`ladder: ${room}`, `^src/domain/${room}/`, `^src/domain/(${LADDER.slice(index + 1).join('|')})/`),
);

const OUTER = ['graphql', 'server', 'sweeper', 'main', 'infra', 'demo', 'client', 'cli', 'web', 'door'];
const outside = (...but: string[]) => `^src/(${OUTER.filter((room) => !but.includes(room)).join('|')})/`;

const rooms = [
  never('ports know nothing', '^src/ports/', '^src/', '^src/ports/'),
  never('sql knows statements and the names of roles', '^src/sql/', '^src/', '^src/(sql/|domain/act\\.ts$)'),
  never('the domain knows no technology', '^src/domain/', outside()),
  never('graphql knows the domain', '^src/graphql/', outside('graphql')),
  never('the server knows graphql', '^src/server/', outside('server', 'graphql')),
  never('the sweeper knows the domain', '^src/sweeper/', outside('sweeper')),
  never('the demo knows the domain', '^src/demo/', outside('demo')),
  never('the client knows what it was generated from', '^src/client/', '^src/', '^src/client/'),
  never('the command line knows the client', '^src/cli/', '^src/', '^src/(cli|client)/'),
  never(
    'adapters know their port',
    '^src/infra/',
    '^src/',
    '^src/(infra|ports|sql)/|^src/domain/failure\\.ts$|\\.entity\\.ts$',
  ),
];

const walls = [
  wall('type-graphql', '^src/graphql/'),
  wall('dataloader', '^src/graphql/loader\\.ts$'),
  wall('graphql-jit', '^src/graphql/execution/'),
  wall('@apollo/server', '^src/server/'),
  wall('fastify', '^src/server/'),
  wall('@fastify/[^/]+', '^src/server/'),
  wall('ws', '^src/server/sockets/'),
  wall('graphql-ws', '^src/(server/sockets/|client/watch-document\\.ts$)'),
  wall('commander', '^src/cli/'),
  wall('@clack/prompts', '^src/cli/acts/password-login\\.ts$'),
  wall('string-width', '^src/cli/output/table\\.ts$'),
  wall('env-paths', '^src/main/cli\\.ts$'),
  wall('ioredis', '^src/infra/[^/]+/redis\\.ts$'),
  wall('graphql-redis-subscriptions', '^src/infra/[^/]+/redis\\.ts$'),
  wall('pino', '^src/infra/log/'),
  wall('pino-roll', '^src/infra/log/file\\.ts$'),
  wall('pg', '^src/infra/'),
  wall('jose', '^src/domain/auth/'),
  wall('@simplewebauthn/server', '^src/domain/auth/passkeys/webauthn\\.ts$'),
  wall('otpauth', '^src/domain/auth/factors/totp\\.ts$'),
  wall('@node-rs/argon2', '^src/domain/users/password-hasher\\.ts$'),
  wall('rate-limiter-flexible', '^src/(domain/auth|infra/counters)/'),
  wall(
    '@mikro-orm/[^/]+',
    '^src/infra/postgres/|\\.entity\\.ts$|^src/sql/statement\\.ts$|^src/domain/(users|resources)/',
  ),
  wall('uqr', '^src/domain/presence/qr-code\\.ts$'),
  wall('rrule-temporal', '^src/domain/(schedules/recurrence|series/summary)\\.ts$'),
  wall('zod', '^src/main/'),
  wall('standardwebhooks', '^src/domain/webhooks/secret\\.ts$'),
  wall('nodemailer', '^src/infra/mailer/'),
  wall('undici', '^src/infra/courier/undici\\.ts$'),
  wall('ipaddr\\.js', '^src/infra/courier/public-address\\.ts$'),
  wall('openid-client', '^src/infra/oidc/'),
  wall('ldapts', '^src/infra/directory/ldap'),
  wall('ical\\.js', '^src/domain/schedules/ical-(closures|zones)\\.ts$'),
];

it('keeps every arrow pointing one way', async () => {
  const cycles = { name: 'cycle', severity: 'error' as const, from: {}, to: { circular: true } };
  expect(await breaches([...ladder, ...rooms, ...walls, cycles])).toEqual([]);
});

it('would see an arrow that points the wrong way', async () => {
  const planted = [
    never('planted', '^src/domain/reservations/', '^src/domain/decisions/'),
    wall('pino', '^src/nowhere/'),
  ];
  const found = await breaches(planted);
  expect(found).toContainEqual(expect.stringMatching(/^planted: src\/domain\/reservations\/place\.ts/));
  expect(found).toContainEqual(expect.stringMatching(/^wall around pino: src\/infra\/log\/pino\.ts/));
});
