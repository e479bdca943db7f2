import { countGuess, type GuessLimits } from '../../../sql/factors/factor-guess.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import { recordAudit } from '../../audit/record.js';
import { type TooManyAttempts, tooManyAttempts } from '../auth-failure.js';
import type { AuthCtx } from '../identity.js';
import type { SecurityEvent } from '../security-log.js';

/**
 * Six digits with three of a million right stand against some 24 guesses a day. Who can guess knows the password, so
 * guesses count by account, wherever they come from, and it is no stranger who can lock somebody out.
 */
const LIMITS: GuessLimits = { free: 5, firstWaitSeconds: 15, longestWaitSeconds: 3_600 };

/**
 * Judges a code or a password of somebody, where one may be tried now; what nobody can guess, always. Wrong ones in a
 * row cost waits that grow to an hour; the person is told once there were five. What is right must call forgiveGuesses
 * in its transaction.
 * @param guess what could be guessed; null for what a passkey has signed
 * @param of what the audit is told where it is wrong, or one too many
 * @returns what the judgement says, null where it is wrong, or TooManyAttempts
 */
export async function judgeGuess<T extends object>(
  ctx: AuthCtx,
  userId: string,
  guess: string | null,
  of: Extract<SecurityEvent['action'], 'security.factorRefused' | 'security.proofRefused'>,
  judge: () => Promise<T | null>,
): Promise<T | null | TooManyAttempts> {
  if (guess === null) return judge();
  const { throttle, security } = ctx.identity;
  const attempt = { account: `second factor ${userId}`, address: ctx.address };
  const tooMany = (seconds: number) => {
    security.note(ctx, { action: of, userId, reason: 'THROTTLED' });
    return tooManyAttempts(seconds);
  };
  const wait = await throttle.attempt(attempt);
  if (wait !== null) return tooMany(wait);
  const counted = await countGuess(ctx.db, ctx.clock.fixed(), userId, LIMITS);
  if ('waitSeconds' in counted) return tooMany(counted.waitSeconds);
  const judged = await judge();
  if (judged) {
    await throttle.forgive(attempt);
    return judged;
  }
  security.note(ctx, { action: of, userId, reason: 'WRONG' });
  await refused(ctx, userId, counted.wrong);
  return null;
}

async function refused(ctx: AuthCtx, userId: string, wrong: number): Promise<void> {
  ctx.log.info({ userId, address: ctx.address, wrong }, 'refused a second factor');
  if (wrong !== LIMITS.free) return;
  const { address } = ctx;
  await ctx.db.transaction(async (tx) => {
    await recordAudit(tx, ctx, { action: 'user.guessFactor', subjectId: userId, after: { wrong, address } });
    const news = { userId, kind: 'FACTOR_GUESSED', actorId: null, address, what: null } as const;
    await tellPerson(tx, ctx.clock.fixed(), news);
  });
}
