import { createHmac, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { useDatabase } from '../../kit/database.js';
import { instance, judge, member, session } from './identity-kit.js';

const { db } = await useDatabase();
const api = await instance(db);
const ada = await member(api);
const tokens = await session(api, ada.email);
const good = tokens.accessToken;
const header = decodeProtectedHeader(good);
const claims = decodeJwt(good);
const { kid, privateKey } = await api.identity.keys.signingKey();
const [publicJwk] = (await api.identity.keys.jwks()).keys;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const verdict = (token: string) => api.identity.authenticate(`Bearer ${token}`);

/** Signed by the true key, with one thing wrong. */
const forged = (change: JWTPayload, head: object = {}, drop: string[] = []) => {
  const payload = { ...claims, ...change };
  for (const name of drop) delete payload[name];
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...head })
    .sign(privateKey);
};

describe('an access token', () => {
  it('names algorithm, type and key, and holds for ten minutes to the second', async () => {
    expect(header).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid });
    expect(claims).toMatchObject({
      iss: 'https://holdfast.test',
      aud: 'holdfast',
      sub: ada.id,
      role: 'MEMBER',
    });
    expect(await verdict(good)).toMatchObject({ expiresAt: tokens.accessTokenExpiresAt.getTime() });
    expect(await verdict(await forged({}))).toMatchObject({ viewer: { userId: ada.id } });
  });

  it.each([
    ['another issuer', () => forged({ iss: 'https://evil.test' })],
    ['another audience', () => forged({ aud: 'another-program' })],
    ['another type', () => forged({}, { typ: 'JWT' })],
    ['no type', () => forged({}, { typ: undefined })],
    ['an expiry that has passed', () => forged({ exp: (claims.exp ?? 0) - 601 })],
    ['an instant from which it counts that lies ahead', () => forged({ nbf: claims.exp ?? 0 })],
    ['no session', () => forged({}, {}, ['sid'])],
    ['no subject', () => forged({}, {}, ['sub'])],
    ['no role', () => forged({}, {}, ['role'])],
    ['no expiry', () => forged({}, {}, ['exp'])],
    ['no instant of issue', () => forged({}, {}, ['iat'])],
    ['a role that there is not', () => forged({ role: 'SUPERUSER' })],
    ['a subject that is no id', () => forged({ sub: "x' or true --" })],
    ['a session that is no id', () => forged({ sid: { $ne: null } })],
    ['a key nobody knows', () => forged({}, { kid: 'A'.repeat(43) })],
    ['no key', () => forged({}, { kid: undefined })],
    ['an odd key', () => forged({}, { kid: '__proto__' })],
    ['a key that is a path', () => forged({}, { kid: '../../../../dev/null' })],
    ['a key that is a file', () => forged({}, { kid: 'file:///etc/passwd' })],
    ['a key that is an address', () => forged({}, { kid: 'https://evil.test/key' })],
    ['a key that is SQL', () => forged({}, { kid: "' or 1=1; drop table signing_key --" })],
    ['a key that is a command', () => forged({}, { kid: '|/bin/sleep 10' })],
    ['a key that has NUL', () => forged({}, { kid: `${kid}\0` })],
    ['a key that is an object', () => forged({}, { kid: { $ne: null } })],
    ['several audiences, none of them ours', () => forged({ aud: ['a', 'b'] })],
    ['an issuer that begins like ours', () => forged({ iss: 'https://holdfast.test.evil.test' })],
    ['an expiry that is text', () => forged({ exp: '9999999999' as never })],
    [
      'a critical extension',
      () =>
        forged({}, { crit: ['b64'], b64: false }).catch(
          () => `${part({ alg: 'EdDSA', crit: ['x'], x: 1 })}.e30.AA`,
        ),
    ],
  ])('is refused with %s', async (_what, make) => {
    expect(await verdict(await make())).toBe('INVALID');
  });

  it('is refused without a signature', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const head = part({ alg, typ: 'at+jwt', kid });
      expect(await verdict(`${head}.${part(claims)}.`)).toBe('INVALID');
    }
  });

  it('is refused when signed by HMAC with our public key as the secret', async () => {
    const head = part({ alg: 'HS256', typ: 'at+jwt', kid });
    const key = createPublicKey({ key: publicJwk as never, format: 'jwk' });
    for (const secret of [
      publicJwk?.x ?? '',
      JSON.stringify(publicJwk),
      Buffer.from(publicJwk?.x ?? '', 'base64url'),
      key.export({ type: 'spki', format: 'pem' }),
      key.export({ type: 'spki', format: 'der' }),
    ]) {
      const signature = createHmac('sha256', secret)
        .update(`${head}.${part(claims)}`)
        .digest('base64url');
      expect(await verdict(`${head}.${part(claims)}.${signature}`)).toBe('INVALID');
    }
  });

  it('is refused when signed by a key that it brings along or points to', async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    for (const extra of [
      { jwk },
      { jku: 'https://evil.test/jwks' },
      { x5u: 'https://evil.test/x5' },
      { x5c: ['MIIB'] },
      { jwk, kid: await calculateJwkThumbprint(jwk) },
    ]) {
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...extra })
        .sign(pair.privateKey);
      expect(await verdict(token)).toBe('INVALID');
    }
  });

  it('is refused when signed by another algorithm, under the id of our key', async () => {
    for (const alg of ['ES256', 'RS256', 'PS256']) {
      const pair = await generateKeyPair(alg);
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg, typ: 'at+jwt', kid })
        .sign(pair.privateKey);
      expect(await verdict(token)).toBe('INVALID');
    }
  });

  it('is refused when any part of it is changed', async () => {
    const [head = '', body = '', signature = ''] = good.split('.');
    const richer = part({ ...claims, role: 'ADMINISTRATOR' });
    const tampered = [
      `${head}.${richer}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${body}`,
    ];
    for (const token of [...tampered, `${good}x`, `${good}.${signature}`])
      expect(await verdict(token)).toBe('INVALID');
  });

  it('is never more than refused, whatever garbage comes', async () => {
    const piece = fc.oneof(
      fc.string(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
      fc.constantFrom(...good.split('.'), part({ alg: 'EdDSA', typ: 'at+jwt', kid }), part([]), 'bnVsbA'),
    );
    const garbage = fc.oneof(
      fc.array(piece, { maxLength: 5 }).map((parts) => parts.join('.')),
      fc.string({ maxLength: 5_000 }),
    );
    await fc.assert(
      fc.asyncProperty(garbage, async (text) => {
        fc.pre(text !== good);
        for (const value of [text, `Bearer ${text}`])
          expect(await api.identity.authenticate(value)).toBe(value === '' ? null : 'INVALID');
      }),
      { numRuns: 300 },
    );
  });

  it('stops counting at its expiry, though it was seen before', async () => {
    const fresh = await session(api, ada.email);
    expect(await judge(api, fresh)).not.toBe('INVALID');
    api.ctx.clock.set(new Date(fresh.accessTokenExpiresAt.getTime() - 1).toISOString());
    expect(await judge(api, fresh)).not.toBe('INVALID');
    api.ctx.clock.advance(1);
    expect(await judge(api, fresh)).toBe('INVALID');
    expect(await judge(api, fresh)).toBe('INVALID');
  });
});

describe('an Authorization header', () => {
  it('that is missing means nobody, and one of another kind is refused', async () => {
    for (const none of [undefined, null, '']) expect(await api.identity.authenticate(none)).toBeNull();
    for (const odd of ['Basic YTpi', good, 'Bearer', 'Bearer ', 7, {}, ['Bearer x'], true])
      expect(await api.identity.authenticate(odd)).toBe('INVALID');
  });

  it('may write Bearer in any case', async () => {
    const { accessToken } = await session(api, ada.email);
    expect(await api.identity.authenticate(`bearer ${accessToken}`)).toMatchObject({
      viewer: { userId: ada.id },
    });
  });
});

it('refuses to be set up with access tokens that live longer than ten minutes', async () => {
  await expect(instance(db, { lifetimes: { accessSeconds: 601 } })).rejects.toThrow(RangeError);
});
