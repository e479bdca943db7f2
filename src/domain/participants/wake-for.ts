import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { Ctx } from '../act.js';

/** Wakes who is told of something about these reservations: they listen to the wake-ups of streams. */
export const wakeFor = ({ bus }: Pick<Ctx, 'bus'>, rows: readonly ReservationRow[]): void =>
  bus.wake({
    kind: 'streams',
    resourceIds: [...new Set(rows.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId)))],
  });
