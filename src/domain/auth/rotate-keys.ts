import { recordAudit } from '../audit/record.js';
import type { AuthCtx } from './identity.js';

/**
 * Replaces the keys that sign access tokens, ahead of their time, without signing anybody out: the new one signs
 * after five minutes, the old ones are gone when their last tokens have ended.
 * @returns the new key's id, and how many keys are on their way out
 * @throws Unavailable when the database is away; then nothing has changed
 */
export const rotateKeys = (ctx: AuthCtx): Promise<{ kid: string; retired: number }> =>
  ctx.db.transaction(async (tx) => {
    const rotated = await ctx.identity.keys.rotate(tx);
    await recordAudit(tx, ctx, { action: 'keys.rotate', subjectId: null, after: rotated });
    return rotated;
  });
