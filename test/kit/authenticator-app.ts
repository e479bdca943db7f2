import { Secret, TOTP } from 'otpauth';
import { confirmTotp } from '../../src/domain/auth/factors/confirm-totp.js';
import { enrolTotp } from '../../src/domain/auth/factors/enrol-totp.js';
import type { AuthViewerCtx } from '../../src/domain/auth/identity.js';
import type { Clock } from '../../src/ports/clock.js';
import type { TestCtx } from './ctx.js';

/** The code that an app with this secret (base32) shows so many time steps from the clock's now. */
export const codeAt = (secret: string, { clock }: { clock: Pick<Clock, 'now'> }, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: clock.now().getTime() + steps * 30_000,
  });

/** Gives the viewer an app; the code of the clock's present step is spent by it. */
export async function withApp(
  ctx: AuthViewerCtx & TestCtx,
): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }> {
  const begun = await enrolTotp(ctx);
  if ('kind' in begun) throw new Error(`enrolling gave ${begun.kind}`);
  const confirmed = await confirmTotp(ctx, { code: codeAt(begun.secret, ctx) });
  if ('kind' in confirmed) throw new Error(`confirming gave ${confirmed.kind}`);
  return { secret: begun.secret, recoveryCodes: confirmed.recoveryCodes };
}
