import type { ViewerCtx } from '../act.js';
import { invalidInput } from '../failure.js';
import { type CreateResult, createReservation } from '../reservations/create-reservation.js';
import { readAlternativeToken } from './alternative-token.js';

export interface HoldAlternative {
  readonly token: string;
  readonly title: string;
  readonly details: string;
  readonly idempotencyKey: string | null;
}

const HOLD_MS = 60_000;

/** Holds for 60 seconds what a token stands for, as any hold: the engine judges it anew. */
export async function holdAlternative(ctx: ViewerCtx, input: HoldAlternative): Promise<CreateResult> {
  const { token, ...words } = input;
  const chosen = readAlternativeToken(token);
  if (!chosen) return invalidInput(['input', 'token'], 'This is no token of an alternative.');
  return createReservation(ctx, { ...words, ...chosen, holdMs: HOLD_MS, dryRun: false });
}
