import type { ColouredRow } from '../../sql/read-coloured.js';
import type { Stretch } from '../time/stretch.js';
import { type Block, blocksOf } from './block.js';
import { type ColourSpan, cause } from './colour.js';
import type { Sight } from './sight.js';
import { type Tint, tintsOf } from './tint.js';

const BESIDE = cause('BUFFER_CONFLICT', 'Needed to set up or tear down beside a reservation.');

/** Puts spans together, in order of time: what is cut apart for no visible reason becomes one again. */
class Painter {
  readonly spans: ColourSpan[] = [];
  private readonly window: Stretch;
  private readonly tints: readonly Tint[];
  private place = 0;
  /** The tint and the span put down last. */
  private tint: Tint | null = null;

  constructor(sight: Sight, row: ColouredRow) {
    this.window = sight.window;
    this.tints = tintsOf(sight, row);
  }

  /** Of a taken or held span what lies in the window. */
  block({ from, to, colour, cause: because }: Block): void {
    const startsAt = Math.max(from, this.window.from);
    const endsAt = Math.min(to, this.window.to);
    if (startsAt < endsAt) this.put({ startsAt, endsAt, colour, quantity: 0, cause: because }, null);
  }

  /**
   * What the rules say where something is left. Near to what is taken on either side there is no room for the
   * buffers of a reservation (O3).
   */
  room(from: number, to: number, left: number, takenBefore: number, takenBehind: number): void {
    const { tints } = this;
    if (from >= to) return;
    while ((tints[this.place]?.endsAt ?? Number.POSITIVE_INFINITY) <= from) this.place++;
    for (let place = this.place; ; place++) {
      const tint = tints[place];
      if (!tint || tint.startsAt >= to) return;
      const startsAt = Math.max(tint.startsAt, from);
      const endsAt = Math.min(tint.endsAt, to);
      if (startsAt >= endsAt) continue;
      if (tint.colour === 'FREE') {
        const first = Math.min(endsAt, takenBefore + tint.setupMs);
        const behind = Math.max(startsAt, first, takenBehind - tint.teardownMs);
        this.free(startsAt, endsAt, first, behind, left, tint);
      } else if (startsAt === tint.startsAt && endsAt === tint.endsAt) this.put(tint, tint);
      else this.put({ startsAt, endsAt, colour: tint.colour, quantity: 0, cause: tint.cause }, tint);
    }
  }

  /** Free from `first` on up to `behind`, and margins beside that. */
  private free(
    startsAt: number,
    endsAt: number,
    first: number,
    behind: number,
    left: number,
    tint: Tint,
  ): void {
    if (startsAt < first) this.margin(startsAt, first, tint);
    const freeFrom = Math.max(startsAt, first);
    const freeTo = Math.min(endsAt, behind);
    if (freeFrom < freeTo)
      this.put({ startsAt: freeFrom, endsAt: freeTo, colour: 'FREE', quantity: left, cause: null }, tint);
    if (behind < endsAt) this.margin(behind, endsAt, tint);
  }

  private margin(startsAt: number, endsAt: number, tint: Tint): void {
    this.put({ startsAt, endsAt, colour: 'NOT_PERMITTED', quantity: 0, cause: BESIDE }, tint);
  }

  private put(span: ColourSpan, tint: Tint | null): void {
    const { spans } = this;
    const last = spans.at(-1);
    const goesOn =
      last !== undefined &&
      this.tint === tint &&
      last.endsAt === span.startsAt &&
      last.colour === span.colour &&
      last.cause === span.cause &&
      last.quantity === span.quantity;
    if (goesOn) spans[spans.length - 1] = { ...last, endsAt: span.endsAt };
    else spans.push(span);
    this.tint = tint;
  }
}

/**
 * The window as whoever looks may use it: spans of one colour each, by start and without gaps. The first that is
 * true counts: taken, held, closed, outside hours, not permitted, free. It is what the decision engine would say:
 * a reservation of one within a FREE span is refused for no reason of time or person, though its length, the grid
 * or quotas may speak against it. No span reaches over a midnight from which other rules count.
 */
export function colourSpans(row: ColouredRow, sight: Sight): readonly ColourSpan[] {
  const { from, to } = sight.window;
  const painter = new Painter(sight, row);
  const blocks = blocksOf(row);
  const full = blocks.filter(({ left }) => left === 0);
  let at = from;
  let takenBefore = Number.NEGATIVE_INFINITY;
  let next = 0;
  for (const block of blocks) {
    const takenBehind = full[next]?.from ?? Number.POSITIVE_INFINITY;
    painter.room(at, block.from, row.capacity, takenBefore, takenBehind);
    if (block.left > 0)
      painter.room(Math.max(block.from, from), block.to, block.left, takenBefore, takenBehind);
    else {
      painter.block(block);
      takenBefore = block.to;
      next++;
    }
    at = Math.max(at, block.to);
  }
  painter.room(at, to, row.capacity, takenBefore, Number.POSITIVE_INFINITY);
  return painter.spans;
}
