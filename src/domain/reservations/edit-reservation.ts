import type { Visibility } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { nothingToChange } from '../failure.js';
import { type ChangeResult, changeReservation } from './change-reservation.js';
import { checkWords } from './check-request.js';
import type { ExistingReservation } from './confirm-reservation.js';

/**
 * Changes title, details and visibility; null leaves each as it is. The occupied span stays (O3), and so do the words of a
 * request about which somebody is deciding.
 */
export async function editReservation(
  ctx: ViewerCtx,
  input: ExistingReservation & {
    readonly title: string | null;
    readonly details: string | null;
    readonly visibility?: Visibility | null;
  },
): Promise<ChangeResult> {
  if (input.title === null && input.details === null && !input.visibility) return nothingToChange(['input']);
  const invalid = checkWords(input.title, input.details);
  if (invalid) return invalid;
  return changeReservation(ctx, {
    ...input,
    title: input.title?.trim() ?? null,
    action: 'reservation.edit',
    from: ['HELD', 'CONFIRMED'],
    to: null,
  });
}
