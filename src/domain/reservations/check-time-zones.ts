import { type MeantRow, readMeantWindows } from '../../sql/reservations/meant-windows.js';
import type { Ctx } from '../act.js';
import { movedBy } from '../time/tz-shift.js';
import { type Window, windowOf } from '../time/window.js';
import { isZoneKnown } from '../time/zone-offset.js';

/** A reservation whose wall time lies elsewhere by today's tz database. */
export interface MovedReservation {
  readonly row: MeantRow;
  /** Null where that database does not know its zone, so that nobody can say. */
  readonly window: Window | null;
}

const AT_ONCE = 1_000;

/**
 * Every reservation to come whose instants a new tz database would move, or whose zone it does not know, by id. Instants stay as they are until
 * somebody moves the reservation: others may have planned around them.
 */
export async function* checkTimeZones(ctx: Pick<Ctx, 'db' | 'clock'>): AsyncGenerator<MovedReservation> {
  let after: string | null = null;
  for (;;) {
    const rows: MeantRow[] = await readMeantWindows(ctx.db, ctx.clock.fixed(), after, AT_ONCE);
    for (const row of rows) {
      const isKnown = isZoneKnown(row.timeZone);
      const window = isKnown ? movedBy({ ...row, ...windowOf(row) }) : null;
      if (window || !isKnown) yield { row, window };
    }
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.id ?? null;
  }
}
