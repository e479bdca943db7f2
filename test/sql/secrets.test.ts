import { decodeProtectedHeader } from 'jose';
import { changePassword } from '../../src/domain/auth/change-password.js';
import { refreshTokens } from '../../src/domain/auth/refresh-tokens.js';
import { createFeed } from '../../src/domain/feeds/create-feed.js';
import { rotateWebhookSecret } from '../../src/domain/webhooks/change-webhook.js';
import { createWebhook } from '../../src/domain/webhooks/create-webhook.js';
import { instance, member, PASSWORD, session, viewerOf } from '../domain/auth/identity-kit.js';
import { scopeOf } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { grep } from '../kit/grep.js';

const database = await useDatabase();
const { db, psql } = database;

/** Every column that holds a secret or may be taken for one, and how it is protected. */
const COLUMNS: Readonly<Record<string, string>> = {
  'app_user.password_hash': 'argon2id',
  'refresh_token.hash': 'SHA-256 of 256 random bits',
  'feed.token_hash': 'SHA-256 of 256 random bits',
  'signing_key.private_jwk_sealed': 'AES-256-GCM, by a key from HOLDFAST_SECRET',
  'webhook.secret_sealed': 'AES-256-GCM, by a key from HOLDFAST_SECRET',
  'webhook.old_secret_sealed': 'AES-256-GCM, by a key from HOLDFAST_SECRET',
  'webhook.old_secret_until': 'an instant',
  'session.tokens_from': 'an instant',
  'idempotency.key': 'no secret: chosen by the client, and good for that client alone',
  'idempotency.payload_hash': 'SHA-256 of what was asked for',
  'audit_link.salt': 'no secret: goes with the entry that it blurs',
  'audit_link.digest': 'SHA-256',
  'audit_link.hash': 'SHA-256',
  'audit_chain.hash': 'SHA-256',
  'audit_chain.base_hash': 'SHA-256',
  'api_secret.hash': 'SHA-256 of 256 random bits',
  'challenge.hash': 'SHA-256 of random bits that count once, for minutes',
  'challenge.password_hash': 'argon2id',
  'passkey.credential_id': 'no secret: names a key that never leaves its device',
  'passkey.public_key': 'no secret: the public one',
  'persisted_operation.hash': 'SHA-256 of a document',
  'recovery_code.hash': 'SHA-256 of 80 random bits',
  'totp.secret_sealed': 'AES-256-GCM, by a key from HOLDFAST_SECRET',
  'directory_sync.token': 'no secret: keeps away who was overtaken',
  'familiar_origin.mark': 'HMAC by a key from HOLDFAST_SECRET',
  'attachment.upload_hash': 'SHA-256 of 256 random bits',
  'attachment.file_key': 'no secret: where the store has the file, which it gives to nobody by that',
  'attachment.sha256': 'SHA-256 of a file',
  'stray_file.key': 'no secret: where the store has the file',
  'log_file.sha256': 'SHA-256 of what was logged',
  'invitation_link.token_hash': 'SHA-256 of 256 random bits',
  'erased_identity.hash': 'SHA-256 of who somebody was at the provider; read back by nobody, only compared',
  'erasure.external_hash': 'SHA-256 of the id of the directory, which nobody guesses',
};

it('knows of every column that may hold a secret how it is protected', async () => {
  const columns = await psql<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and (a.atttypid = 'bytea'::regtype
         or a.attname ~ '(^|_)(token|tokens|secret|password|passphrase|hash|key|salt|sealed|seed|otp|pin|code|codes|credential)($|_)')
     order by 1`,
  );
  // A new column goes into the list above with how it is protected: hashed where nobody reads it back, else sealed.
  expect(columns.map(({ name }) => name)).toEqual(Object.keys(COLUMNS).sort());
});

it('keeps no secret anywhere in the database as it is', async () => {
  const api = await instance(db);
  const her = await member(api, { role: 'MANAGER' });
  const first = await session(api, her.email);
  const second = await refreshTokens(api.ctx, first);
  if ('kind' in second) throw new Error(second.message);
  const ctx = api.as(await viewerOf(api, second));
  const feed = await createFeed(ctx, { name: 'Mine', resourceId: null, placeId: null });
  if ('kind' in feed) throw new Error(feed.message);
  const fields = { name: 'Hook', url: 'https://hooks.example.com', events: [], ...scopeOf() };
  const webhook = await createWebhook(ctx, fields);
  if ('kind' in webhook) throw new Error(webhook.message);
  const rotated = await rotateWebhookSecret(ctx, { id: webhook.webhook.id });
  if ('kind' in rotated) throw new Error(rotated.message);
  const newPassword = 'a brand new password';
  await changePassword(ctx, { currentPassword: PASSWORD, newPassword });
  const { kid = '' } = decodeProtectedHeader(second.accessToken);
  const [key] = await psql<{ sealed: Buffer }>(
    'select private_jwk_sealed as sealed from signing_key where kid = $1',
    [kid],
  );
  const { d } = JSON.parse(api.identity.seal.open(kid, key?.sealed as Buffer) ?? '{}');
  expect(d).toMatch(/^[\w-]{43}$/);
  const base64 = (secret: string) => secret.replace(/^whsec_/, '');
  const secrets = [
    PASSWORD,
    newPassword,
    first.accessToken,
    second.accessToken,
    first.refreshToken,
    second.refreshToken,
    feed.token,
    base64(webhook.secret),
    base64(rotated.secret),
    d,
  ];
  expect(secrets.every((secret) => secret.length > 10)).toBe(true);
  expect(await grep(database, secrets)).toEqual([]);
  // that the search would see one
  expect(await grep(database, [her.email])).not.toEqual([]);
  expect(
    await psql('select from app_user where password_hash is not null and password_hash !~ $1', [
      '^\\$argon2id\\$',
    ]),
  ).toEqual([]);
});
