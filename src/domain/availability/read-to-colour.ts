import type { AvailabilityShown } from '../../sql/availability/read-availability.js';
import { type ColouredRow, readColoured } from '../../sql/availability/read-coloured.js';
import type { ViewerCtx } from '../act.js';
import { viewerAsPerson } from '../decisions/docket.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import type { Window } from '../time/window.js';
import type { Sight } from './sight.js';

/** Resources with their busy spans, and what their colours are seen by. */
export interface Coloured {
  readonly rows: readonly ColouredRow[];
  readonly sight: Sight;
}

/**
 * Reads what the colours of resources in a window need: one statement, which also says by which version of the rule
 * book they are to be made. Where the book in memory is older, it is read anew, and the reservations are not.
 */
export async function readToColour(
  ctx: ViewerCtx,
  resourceIds: readonly string[],
  window: Window,
  shown: AvailabilityShown,
): Promise<Coloured> {
  const { userId, role } = ctx.viewer;
  const read = await readColoured(ctx.db, ctx.clock.fixed(), resourceIds, window, shown, userId);
  const sight: Sight = {
    book: await ruleBooksOf(ctx.db).atLeast(read.bookVersion),
    window: { from: window.startsAt.getTime(), to: window.endsAt.getTime() },
    now: read.now,
    actorRole: role,
    owner: read.person ?? viewerAsPerson(ctx),
    tints: new Map(),
  };
  return { rows: read.rows, sight };
}
