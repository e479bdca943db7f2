import type { ColouredRow } from '../../sql/availability/read-coloured.js';
import { blocksOf } from './block.js';
import type { ColourSpan } from './colour.js';
import { Painter } from './painter.js';
import type { Sight } from './sight.js';
import { tintsOf } from './tint.js';

/**
 * The window as whoever looks may use it: spans of one colour each, by start and without gaps. The first that is
 * true counts: taken, held, closed, outside hours, not permitted, free. It is what the decision engine would say:
 * a reservation of one within a FREE span is refused for no reason of time or person, though its length, the grid
 * or quotas may speak against it. No span reaches over a midnight from which other rules count.
 */
export function colourSpans(row: ColouredRow, sight: Sight): readonly ColourSpan[] {
  const { from, to } = sight.window;
  const { capacity } = row;
  const painter = new Painter(tintsOf(sight, row), sight.window);
  const blocks = blocksOf(row);
  const full = blocks.filter(({ quantity }) => quantity === 0);
  let at = from;
  let takenBefore = Number.NEGATIVE_INFINITY;
  let next = 0;
  for (const block of blocks) {
    const { startsAt, endsAt, quantity } = block;
    const takenBehind = full[next]?.startsAt ?? Number.POSITIVE_INFINITY;
    painter.room({ from: at, to: startsAt, left: capacity, takenBefore, takenBehind });
    if (quantity > 0) painter.room({ from: startsAt, to: endsAt, left: quantity, takenBefore, takenBehind });
    else {
      painter.block(block);
      takenBefore = endsAt;
      next++;
    }
    at = endsAt;
  }
  const takenBehind = Number.POSITIVE_INFINITY;
  painter.room({ from: at, to, left: capacity, takenBefore, takenBehind });
  return painter.spans;
}
