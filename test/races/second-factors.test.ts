import { confirmSignIn } from '../../src/domain/auth/factors/confirm-sign-in.js';
import { removeTotp } from '../../src/domain/auth/factors/remove-totp.js';
import { renewRecoveryCodes } from '../../src/domain/auth/factors/renew-recovery-codes.js';
import { resetFactors } from '../../src/domain/auth/factors/reset-factors.js';
import { addPasskey, beginPasskey } from '../../src/domain/auth/passkeys/add-passkey.js';
import { askPasskey } from '../../src/domain/auth/passkeys/ask-passkey.js';
import { removePasskey } from '../../src/domain/auth/passkeys/change-passkey.js';
import { signInByPasskey } from '../../src/domain/auth/passkeys/sign-in-by-passkey.js';
import { signIn } from '../../src/domain/auth/sign-in.js';
import { instance, member, PASSWORD, session, viewerOf } from '../domain/auth/identity-kit.js';
import { codeAt, withApp } from '../kit/authenticator-app.js';
import { useDatabase } from '../kit/database.js';
import { SoftAuthenticator } from '../kit/soft-authenticator.js';

const { db, psql } = await useDatabase();
const ORIGIN = 'https://rooms.example.com';
const passkeys = { id: 'rooms.example.com', origins: [ORIGIN] };
const [one, other] = [await instance(db, { passkeys }), await instance(db, { passkeys })];
const boss = await member(one, { role: 'ADMINISTRATOR' });
const bossCtx = one.as(await viewerOf(one, await session(one, boss.email)));

const optionsOf = (asked: object) => (asked as { options: string }).options;

it('signs in, changes and resets factors of one person at once on two instances, without a deadlock or a half-done act', async () => {
  for (let round = 0; round < 12; round++) {
    one.ctx.clock.advance(1_000);
    other.ctx.clock.set(one.ctx.clock.fixed());
    const ada = await member(one);
    const ctx = one.as(await viewerOf(one, await session(one, ada.email)));
    const app = await withApp(ctx);
    const key = new SoftAuthenticator(ORIGIN);
    const added = await addPasskey(ctx, {
      name: 'Key',
      response: key.create(optionsOf(await beginPasskey(ctx))),
    });
    const passkey = (added as { passkey: { id: string } }).passkey;
    one.ctx.clock.advance(30_000);
    other.ctx.clock.set(one.ctx.clock.fixed());
    const asked = await Promise.all(
      [1, 2, 3].map(() => signIn(one.ctx, { email: ada.email, password: PASSWORD })),
    );
    const [first = '', second = '', third = ''] = asked.map(
      (each) => (each as { challenge: string }).challenge,
    );
    const code = codeAt(app.secret, one.ctx);
    const signed = [1, 2].map(async () => key.get(optionsOf(await askPasskey(one.ctx, {}))));
    const [alone = '', again = ''] = await Promise.all(signed);
    const results = await Promise.all([
      confirmSignIn(one.ctx, { challenge: first, code }),
      confirmSignIn(other.ctx, { challenge: second, code }),
      confirmSignIn(other.ctx, { challenge: third, code: app.recoveryCodes[0] ?? '' }),
      signInByPasskey(one.ctx, { response: alone }),
      signInByPasskey(other.ctx, { response: again }),
      renewRecoveryCodes(ctx),
      removePasskey(ctx, passkey),
      removeTotp(ctx),
      ...(round % 2 === 0 ? [resetFactors(bossCtx, { id: ada.id })] : []),
    ]);
    const tokens = results.filter((result) => result && 'accessToken' in result);
    expect(
      results.slice(0, 2).filter((result) => result && 'accessToken' in result).length,
    ).toBeLessThanOrEqual(1);
    const [rows] = await psql<{ factors: number; codes: number }>(
      `select (select count(*) from totp where user_id = $1)::int + (select count(*) from passkey where user_id = $1)::int
         as factors, (select count(*) from recovery_code where user_id = $1)::int as codes`,
      [ada.id],
    );
    expect(rows).toEqual({ factors: 0, codes: 0 });
    const copies = await psql("select from notification where user_id = $1 and kind = 'PASSKEY_COPIED'", [
      ada.id,
    ]);
    // of two signatures the later one may overtake, and the earlier then looks like a copy
    expect(copies.length).toBeLessThanOrEqual(1);
    const begun = await psql("select from audit where action = 'session.signIn' and actor_id = $1", [ada.id]);
    expect(begun).toHaveLength(tokens.length + 1);
  }
});
