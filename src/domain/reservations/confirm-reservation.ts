import type { ViewerCtx } from '../act.js';
import { type ChangeResult, changeReservation } from './change-reservation.js';

export interface ExistingReservation {
  readonly id: string;
  readonly expectedVersion: number | null;
  readonly idempotencyKey: string | null;
}

/** Confirms a hold that is still alive; at the instant of its expiry it is dead (O5). */
export const confirmReservation = (ctx: ViewerCtx, input: ExistingReservation): Promise<ChangeResult> =>
  changeReservation(ctx, {
    ...input,
    action: 'reservation.confirm',
    from: ['HELD'],
    to: 'CONFIRMED',
    title: null,
    details: null,
  });
