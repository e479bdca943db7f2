import { resolve } from 'node:path';
import { type Env, readEnv } from './env.js';
import { type FilesConfig, filesOf } from './files-config.js';
import { type LdapConfig, ldapErrors, ldapOf } from './ldap-config.js';
import { type MailConfig, mailOf } from './mail-config.js';
import { type OidcConfig, oidcErrors, oidcOf } from './oidc-config.js';
import type { Variable } from './variable-kinds.js';
import { type Values, variables } from './variables.js';

/** Everything that the environment decides, checked. Durations are in the unit of their name. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Without a slash at its end; null: addresses that are given out are paths. */
  readonly publicUrl: string | null;
  readonly logLevel: Values['LOG_LEVEL'];
  /** Where the log goes instead of standard output; null: nowhere else. */
  readonly logFile: {
    readonly path: string;
    readonly megabytes: number;
    readonly count: number;
    /** Whether full ones are moved into the file store. */
    readonly isStored: boolean;
  } | null;
  readonly databaseUrl: string | null;
  readonly databasePoolSize: number;
  readonly redisUrl: string | null;
  readonly redisPrefix: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly secret: string | null;
  readonly issuer: string;
  readonly accessTokenSeconds: number;
  readonly sessionDays: number;
  readonly signInsPerAccount: number;
  readonly signInsPerAddress: number;
  readonly operationsPerUser: number;
  readonly operationsPerAddress: number;
  readonly requestsPerAddress: number;
  /** Beside the common ones that come along. */
  readonly breachedPasswordsFile: string | null;
  readonly admin: { readonly email: string; readonly password: string | null };
  /** Roles that must have a second factor. */
  readonly secondFactorRoles: Values['HOLDFAST_SECOND_FACTOR'];
  /** Null: nobody signs in by a directory. */
  readonly ldap: LdapConfig | null;
  /** Null: nobody signs in by a provider of OpenID Connect. */
  readonly oidc: OidcConfig | null;
  /** Null: no mail is sent. */
  readonly mail: MailConfig | null;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly socketsPerUser: number;
  readonly subscriptionsPerSocket: number;
  readonly drainDelayMs: number;
  readonly playground: boolean;
  readonly files: FilesConfig;
  /** Nobody sends documents as text: see docs/clients.md. */
  readonly persistedOnly: boolean;
  readonly historyDays: number;
  /** How many days each kind is kept; null keeps it for as long as what it belongs to. */
  readonly keep: Readonly<Record<'audit' | 'security' | 'notifications' | 'titles' | 'logs', number | null>> &
    Readonly<Record<'mails' | 'deliveries' | 'sessions', number>>;
  readonly sweepIntervalMs: number;
  /** Webhooks may lead to loopback, private networks and the like. */
  readonly webhookAllowPrivate: boolean;
  readonly testClockFile: string | null;
}

/** Thrown with one sentence per variable that is wrong, all of them at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

const wrong = (name: string, { allowed, secret }: Variable<unknown>, value: string | undefined) =>
  `${name} is ${secret ? 'a value that is not shown here' : JSON.stringify(value)}; allowed is ${allowed}.`;

function readValues(env: Env, errors: string[]): Partial<Record<keyof Values, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable<unknown>>(variables)) {
    const parsed = variable.schema.safeParse(env[name]);
    if (parsed.success) values[name] = parsed.data;
    else errors.push(wrong(name, variable, env[name]));
  }
  return values;
}

/** A variable of ours that nobody reads is most likely a slip of the pen. */
function checkUnknown(env: Env, errors: string[]): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith('HOLDFAST_') || name in variables) continue;
    errors.push(
      `${name} is ${JSON.stringify(env[name])}, and no such variable exists; allowed are those of .env.example.`,
    );
  }
}

function checkProduction(env: Env, errors: string[]): void {
  if (env.NODE_ENV !== 'production') return;
  if (env.HOLDFAST_SECRET === undefined) {
    errors.push(`HOLDFAST_SECRET is not set; in production it must be ${variables.HOLDFAST_SECRET.allowed}.`);
  }
  if (env.HOLDFAST_TEST_CLOCK_FILE !== undefined) {
    errors.push(
      `HOLDFAST_TEST_CLOCK_FILE is "${env.HOLDFAST_TEST_CLOCK_FILE}"; in production it must not be set.`,
    );
  }
}

function checkMail(env: Env, errors: string[]): void {
  if (env.SMTP_URL === undefined) return;
  if (env.MAIL_FROM === undefined)
    errors.push(`MAIL_FROM is not set; with SMTP_URL it must be ${variables.MAIL_FROM.allowed}.`);
  if (env.SMTP_STARTTLS === 'off' && /^smtp:.*@/.test(env.SMTP_URL))
    errors.push('SMTP_STARTTLS is "off", and SMTP_URL has a password; allowed is auto or required with it.');
}

function checkLogFile(env: Env, errors: string[]): void {
  if (env.LOG_FILE_STORE === 'on' && env.LOG_FILE === undefined)
    errors.push(`LOG_FILE is not set; with LOG_FILE_STORE it must be ${variables.LOG_FILE.allowed}.`);
}

function logFileOf({ LOG_FILE, LOG_FILE_MEGABYTES, LOG_FILE_COUNT, LOG_FILE_STORE }: Values) {
  if (LOG_FILE === null) return null;
  return {
    path: resolve(LOG_FILE.replace(/\.log$/, '')),
    megabytes: LOG_FILE_MEGABYTES,
    count: LOG_FILE_COUNT,
    isStored: LOG_FILE_STORE === 'on',
  };
}

/**
 * Reads and checks the environment.
 * @throws ConfigError with a sentence for each wrong variable: its name, its value and what is allowed
 */
export function readConfig(source: NodeJS.ProcessEnv): Config {
  const { env, errors } = readEnv(source);
  const read = readValues(env, errors);
  checkUnknown(env, errors);
  checkProduction(env, errors);
  errors.push(...ldapErrors(env, read as Partial<Values>));
  errors.push(...oidcErrors(env, read as Partial<Values>));
  checkMail(env, errors);
  checkLogFile(env, errors);
  if (errors.length > 0) throw new ConfigError(errors);
  const values = read as Values;
  const { HOLDFAST_HISTORY_DAYS: historyDays, HOLDFAST_KEEP_DAYS: kept } = values;
  const production = values.NODE_ENV === 'production';
  return {
    production,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    logLevel: values.LOG_LEVEL,
    logFile: logFileOf(values),
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.HOLDFAST_REDIS_PREFIX,
    dataDir: resolve(values.HOLDFAST_DATA_DIR),
    secret: values.HOLDFAST_SECRET,
    issuer: values.HOLDFAST_ISSUER,
    accessTokenSeconds: values.HOLDFAST_ACCESS_TOKEN_SECONDS,
    sessionDays: values.HOLDFAST_SESSION_DAYS,
    signInsPerAccount: values.HOLDFAST_SIGN_INS_PER_ACCOUNT,
    signInsPerAddress: values.HOLDFAST_SIGN_INS_PER_ADDRESS,
    operationsPerUser: values.HOLDFAST_OPERATIONS_PER_USER,
    operationsPerAddress: values.HOLDFAST_OPERATIONS_PER_ADDRESS,
    requestsPerAddress: values.HOLDFAST_REQUESTS_PER_ADDRESS,
    breachedPasswordsFile: values.HOLDFAST_BREACHED_PASSWORDS_FILE,
    admin: { email: values.HOLDFAST_ADMIN_EMAIL, password: values.HOLDFAST_ADMIN_PASSWORD },
    secondFactorRoles: values.HOLDFAST_SECOND_FACTOR,
    ldap: ldapOf(values),
    oidc: oidcOf(values),
    mail: mailOf(values),
    allowedOrigins: values.HOLDFAST_ALLOWED_ORIGINS,
    trustedProxies: values.HOLDFAST_TRUSTED_PROXIES,
    socketsPerUser: values.HOLDFAST_SOCKETS_PER_USER,
    subscriptionsPerSocket: values.HOLDFAST_SUBSCRIPTIONS_PER_SOCKET,
    drainDelayMs: values.HOLDFAST_DRAIN_DELAY_MS,
    playground: (values.HOLDFAST_PLAYGROUND ?? (production ? 'off' : 'on')) === 'on',
    files: filesOf(values),
    historyDays,
    keep: {
      ...kept,
      mails: kept.mails ?? historyDays,
      deliveries: kept.deliveries ?? historyDays,
      sessions: kept.sessions ?? historyDays,
    },
    persistedOnly: values.HOLDFAST_PERSISTED_ONLY === 'on',
    sweepIntervalMs: values.HOLDFAST_SWEEP_INTERVAL_MS,
    webhookAllowPrivate: values.HOLDFAST_WEBHOOK_ALLOW_PRIVATE === 'on',
    testClockFile: values.HOLDFAST_TEST_CLOCK_FILE,
  };
}
