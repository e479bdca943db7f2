import { z } from 'zod';
import type { Role } from '../domain/act.js';

/** One variable: how its text is read, what its default means, and the sentence that says what is allowed. */
export interface Variable<T> {
  readonly schema: z.ZodType<T, string | undefined>;
  readonly allowed: string;
  /** As it would be written in the environment; null where nothing stands for the default. */
  readonly fallback: string | null;
  /** Never shown, not even when it is wrong. */
  readonly secret?: true;
}

const whole = (least: number, most: number, fallback: number): Variable<number> => ({
  schema: z
    .string()
    .regex(/^\d{1,9}$/)
    .default(String(fallback))
    .transform(Number)
    .pipe(z.number().min(least).max(most)),
  allowed: `a whole number from ${least} to ${most}`,
  fallback: String(fallback),
});

const oneOf = <T extends string>(values: readonly T[], fallback: T): Variable<T> => ({
  schema: z.enum(values).default(fallback) as unknown as Variable<T>['schema'],
  allowed: `one of ${values.join(', ')}`,
  fallback,
});

const text = (pattern: RegExp, allowed: string, fallback: string): Variable<string> => ({
  schema: z.string().regex(pattern).default(fallback),
  allowed,
  fallback,
});

const optional = (pattern: RegExp, allowed: string): Variable<string | null> => ({
  schema: z
    .string()
    .regex(pattern)
    .optional()
    .transform((value) => value ?? null),
  allowed,
  fallback: null,
});

const secret = (pattern: RegExp, allowed: string): Variable<string | null> => ({
  ...optional(pattern, allowed),
  secret: true,
});

const list = (entry: RegExp, allowed: string): Variable<readonly string[]> => ({
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(',').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(entry))),
  allowed: `${allowed}, with commas between them`,
  fallback: '',
});

const ROLE_GROUP = /^(.+)=(ADMINISTRATOR|MANAGER|MEMBER|GUEST)$/;

/** Distinguished names have commas and equals signs, so entries end at a semicolon and the last one counts. */
const roleGroups: Variable<readonly { readonly group: string; readonly role: Role }[]> = {
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(';').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(ROLE_GROUP)))
    .transform((entries) =>
      entries.map((one) => {
        const [, group = '', role] = ROLE_GROUP.exec(one) ?? [];
        return { group: group.trim(), role: role as Role };
      }),
    ),
  allowed: 'a list like Administrators=ADMINISTRATOR;Managers=MANAGER',
  fallback: '',
};

/** The name here cannot have an equals sign. */
const MEMBER_GROUP = /^(.+)=([^=]+)$/;

const memberGroups: Variable<readonly { readonly group: string; readonly name: string }[]> = {
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(';').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(MEMBER_GROUP)))
    .transform((entries) =>
      entries.map((one) => {
        const [, group = '', name = ''] = MEMBER_GROUP.exec(one) ?? [];
        return { group: group.trim(), name: name.trim() };
      }),
    ),
  allowed: 'a list like Chemists=Laboratory;cn=staff,ou=groups,dc=example,dc=com=Staff',
  fallback: '',
};

const KEPT = {
  audit: 730,
  security: 180,
  notifications: 90,
  titles: null,
  mails: null,
  deliveries: null,
  sessions: null,
};
const KEPT_KIND = /^(audit|security|notifications|titles|mails|deliveries|sessions):(off|[1-9]\d{0,4})$/;

/** Days by kind; null where nothing is said, or `off`. */
const keepDays: Variable<Readonly<Record<keyof typeof KEPT, number | null>>> = {
  schema: z
    .string()
    .default('')
    .transform((entries) => entries.split(',').map((one) => one.trim()))
    .transform((entries) => entries.filter((one) => one !== ''))
    .pipe(z.array(z.string().regex(KEPT_KIND)))
    .transform((entries) => {
      const given = entries.map((one) => {
        const [kind, days] = one.split(':');
        return [kind, days === 'off' ? null : Number(days)];
      });
      return { ...KEPT, ...Object.fromEntries(given) };
    }),
  allowed: 'a list like audit:730,security:180, each with days or off',
  fallback: '',
};

const roles = list(
  /^(ADMINISTRATOR|MANAGER|MEMBER|GUEST)$/,
  'a list of roles like ADMINISTRATOR,MANAGER',
) as Variable<readonly Role[]>;

const MAILBOX = /^(?:([^<>"@\p{Cc}]+?) *<)?([^@\s<>,;:"()]+@[^@\s<>,;:"()]+?)>?$/u;

/** A sender: `Rooms <rooms@example.com>`, or the address alone. */
const mailbox: Variable<{ readonly name: string; readonly address: string } | null> = {
  schema: z
    .string()
    .regex(MAILBOX)
    .optional()
    .transform((text) => {
      const [, name = 'Holdfast', address = ''] = MAILBOX.exec(text ?? '') ?? [];
      return text === undefined ? null : { name, address };
    }),
  allowed: 'an address like rooms@example.com or Rooms <rooms@example.com>',
  fallback: null,
};

const origins = list(/^https?:\/\/[^/\s,?#]+$/, 'a list of origins like https://rooms.example.com');
const proxies = list(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, 'a list of addresses or networks like 10.0.0.0/8');

const ldapServers = list(/^ldaps?:\/\/[^/\s,?#@]+$/, 'a list of servers like ldaps://dc1.example.com:636');
const DN = /^[^\0]+=[^\0]+$/;

/** Every variable that Holdfast reads. .env.example repeats this table with an explanation for each. */
export const variables = {
  NODE_ENV: oneOf(['development', 'test', 'production'], 'development'),
  HOST: text(/^[^\s/]+$/, 'a host name or an address', '127.0.0.1'),
  PORT: whole(0, 65_535, 4_000),
  PUBLIC_URL: optional(
    /^https?:\/\/[^\s?#]*[^\s?#/]$/,
    'an address without a slash at its end like https://rooms.example.com',
  ),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
  LOG_FILE: optional(
    /^[^\0<>"|?*:]*[^\0<>"|?*:/\\]$/,
    'a path without an ending like /var/log/holdfast/rooms',
  ),
  LOG_FILE_MEGABYTES: whole(1, 10_000, 50),
  LOG_FILE_COUNT: whole(1, 1_000, 10),
  DATABASE_URL: secret(/^postgres(ql)?:\/\/\S+$/, 'a URL like postgres://user:password@host:5432/database'),
  DATABASE_POOL_SIZE: whole(1, 500, 16),
  REDIS_URL: secret(/^rediss?:\/\/\S+$/, 'a URL like redis://host:6379/0'),
  HOLDFAST_REDIS_PREFIX: text(/^\S{1,100}$/, '1 to 100 characters without spaces', 'holdfast:'),
  HOLDFAST_DATA_DIR: text(/^[^\0]+$/, 'a folder', '.data'),
  HOLDFAST_SECRET: secret(/^[^\0]{32,}$/s, 'a text of at least 32 characters'),
  HOLDFAST_ISSUER: text(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters', 'holdfast'),
  HOLDFAST_ACCESS_TOKEN_SECONDS: whole(1, 600, 600),
  HOLDFAST_SESSION_DAYS: whole(1, 365, 30),
  HOLDFAST_SIGN_INS_PER_ACCOUNT: whole(1, 1_000_000, 5),
  HOLDFAST_SIGN_INS_PER_ADDRESS: whole(1, 1_000_000, 20),
  HOLDFAST_OPERATIONS_PER_USER: whole(1, 100_000_000, 600),
  HOLDFAST_OPERATIONS_PER_ADDRESS: whole(1, 100_000_000, 60),
  HOLDFAST_BREACHED_PASSWORDS_FILE: optional(/^[^\0]+$/, 'a file of SHA-1 sums in order'),
  HOLDFAST_ADMIN_EMAIL: text(/^[^@\s]+@[^@\s]+$/, 'an e-mail address', 'admin@holdfast.example'),
  HOLDFAST_ADMIN_PASSWORD: secret(/^[^\0]{12,200}$/s, 'a text of 12 to 200 characters'),
  HOLDFAST_SECOND_FACTOR: roles,
  LDAP_URL: ldapServers,
  LDAP_START_TLS: oneOf(['on', 'off'], 'off'),
  LDAP_ALLOW_PLAIN: oneOf(['on', 'off'], 'off'),
  LDAP_CA_FILE: optional(/^[^\0]+$/, 'a file of PEM certificates'),
  LDAP_BIND_DN: optional(/^[^\0]+$/, 'a distinguished name or, for Active Directory, name@domain'),
  LDAP_BIND_PASSWORD: secret(/^[^\0]+$/s, 'a text'),
  LDAP_BASE_DN: optional(DN, 'a distinguished name like ou=people,dc=example,dc=com'),
  LDAP_GROUP_BASE_DN: optional(DN, 'a distinguished name like ou=groups,dc=example,dc=com'),
  LDAP_USER_FILTER: text(/^[A-Za-z][A-Za-z0-9-]*$/, 'the name of an attribute', 'mail'),
  LDAP_ROLE_GROUPS: roleGroups,
  LDAP_DEFAULT_ROLE: oneOf(['MANAGER', 'MEMBER', 'GUEST'], 'MEMBER'),
  LDAP_MEMBER_GROUPS: memberGroups,
  LDAP_SYNC_MINUTES: whole(0, 10_080, 15),
  LDAP_SYNC_MOST_LOSSES_PERCENT: whole(0, 100, 20),
  LDAP_SYNC_CREATES_PEOPLE: oneOf(['on', 'off'], 'off'),
  OIDC_ISSUER: optional(/^https?:\/\/[^\s?#]+$/, 'an issuer like https://login.example.com/realms/main'),
  OIDC_CLIENT_ID: optional(/^[^\0]+$/, 'a text'),
  OIDC_CLIENT_SECRET: secret(/^[^\0]+$/s, 'a text'),
  OIDC_SCOPES: text(
    /^([\x21-\x7e]+ )*openid( [\x21-\x7e]+)*$/,
    'a list with spaces, openid among it',
    'openid profile email',
  ),
  OIDC_GROUP_CLAIM: text(/^[^\0]+$/, 'the name of a claim', 'groups'),
  OIDC_ROLE_GROUPS: roleGroups,
  OIDC_MEMBER_GROUPS: memberGroups,
  OIDC_DEFAULT_ROLE: oneOf(['MANAGER', 'MEMBER', 'GUEST'], 'MEMBER'),
  OIDC_ADDS_PEOPLE: oneOf(['on', 'off'], 'on'),
  SMTP_URL: secret(
    /^smtps?:\/\/([^/\s@]+@)?[^/\s@:]+(:\d{1,5})?\/?$/,
    'a URL like smtp://user:password@mail.example.com:587 or smtps://mail.example.com',
  ),
  SMTP_STARTTLS: oneOf(['auto', 'required', 'off'], 'auto'),
  SMTP_CA_FILE: optional(/^[^\0]+$/, 'a file of PEM certificates'),
  MAIL_FROM: mailbox,
  HOLDFAST_ALLOWED_ORIGINS: origins,
  HOLDFAST_TRUSTED_PROXIES: proxies,
  HOLDFAST_SOCKETS_PER_USER: whole(1, 1_000_000, 10),
  HOLDFAST_SUBSCRIPTIONS_PER_SOCKET: whole(1, 1_000_000, 50),
  HOLDFAST_DRAIN_DELAY_MS: whole(0, 9_000, 0),
  HOLDFAST_PLAYGROUND: {
    schema: z.enum(['on', 'off']).optional(),
    allowed: 'on or off',
    fallback: null,
  } as Variable<'on' | 'off' | undefined>,
  HOLDFAST_FILES_DIR: optional(/^[^\0]+$/, 'a folder'),
  HOLDFAST_FILE_MAX_MIB: whole(1, 1_024, 10),
  HOLDFAST_FILES_PER_RESERVATION_MIB: whole(1, 100_000, 50),
  HOLDFAST_FILES_PER_PERSON_MIB: whole(1, 1_000_000, 500),
  CLAMD_URL: optional(/^tcp:\/\/[^\s/:@]+(:\d{1,5})?\/?$/, 'an address like tcp://127.0.0.1:3310'),
  HOLDFAST_PERSISTED_ONLY: oneOf(['on', 'off'], 'off'),
  HOLDFAST_HISTORY_DAYS: whole(1, 3_650, 7),
  HOLDFAST_KEEP_DAYS: keepDays,
  HOLDFAST_SWEEP_INTERVAL_MS: whole(50, 600_000, 1_000),
  HOLDFAST_WEBHOOK_ALLOW_PRIVATE: oneOf(['on', 'off'], 'off'),
  HOLDFAST_TEST_CLOCK_FILE: optional(/^[^\0]+$/, 'a file with one RFC 3339 instant'),
} as const;

type Table = typeof variables;

/** The values by the variables' names. */
export type Values = { readonly [Name in keyof Table]: z.output<Table[Name]['schema']> };
