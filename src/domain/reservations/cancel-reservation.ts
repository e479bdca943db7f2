import type { ViewerCtx } from '../act.js';
import { type ChangeResult, changeReservation } from './change-reservation.js';
import type { ExistingReservation } from './confirm-reservation.js';

/** Cancels a hold or a confirmed reservation; all its resources are free in the same commit (O7). */
export const cancelReservation = (ctx: ViewerCtx, input: ExistingReservation): Promise<ChangeResult> =>
  changeReservation(ctx, {
    ...input,
    action: 'reservation.cancel',
    from: ['HELD', 'CONFIRMED'],
    to: 'CANCELLED',
    title: null,
    details: null,
  });
