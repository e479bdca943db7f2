import type { Stretch } from '../time/stretch.js';
import type { Block } from './block.js';
import { type ColourSpan, cause } from './colour.js';
import type { Tint } from './sight.js';

const BESIDE = cause('BUFFER_CONFLICT', 'Needed to set up or tear down beside a reservation.');

/** Where something is left, and how near it is to what is taken on either side. */
export interface Room extends Stretch {
  readonly left: number;
  readonly takenBefore: number;
  readonly takenBehind: number;
}

/** Lays blocks over the tints of one resource, in order of time. Objects that fit as they are go in as they are. */
export class Painter {
  readonly spans: ColourSpan[] = [];
  /** The first tint that does not lie behind us. */
  private place = 0;
  /** The tint of the span put down last; null for a block. */
  private tint: Tint | null = null;

  constructor(
    private readonly tints: readonly Tint[],
    private readonly window: Stretch,
  ) {}

  /** Of a taken or held span what lies in the window. */
  block(block: Block): void {
    const startsAt = Math.max(block.startsAt, this.window.from);
    const endsAt = Math.min(block.endsAt, this.window.to);
    if (startsAt >= endsAt) return;
    const isWhole = startsAt === block.startsAt && endsAt === block.endsAt;
    this.spans.push(isWhole ? block : { ...block, startsAt, endsAt });
    this.tint = null;
  }

  /** What the rules say where something is left. */
  room(room: Room): void {
    const { tints } = this;
    const from = Math.max(room.from, this.window.from);
    const to = Math.min(room.to, this.window.to);
    if (from >= to) return;
    while ((tints[this.place]?.endsAt ?? Number.POSITIVE_INFINITY) <= from) this.place++;
    for (let place = this.place; ; place++) {
      const tint = tints[place];
      if (!tint || tint.startsAt >= to) return;
      const startsAt = Math.max(tint.startsAt, from);
      const endsAt = Math.min(tint.endsAt, to);
      if (tint.colour === 'FREE') this.free(startsAt, endsAt, room, tint);
      else if (startsAt === tint.startsAt && endsAt === tint.endsAt) this.put(tint, tint);
      else this.put({ startsAt, endsAt, colour: tint.colour, quantity: 0, cause: tint.cause }, tint);
    }
  }

  /** Near to what is taken there is no room for the buffers of a reservation (O3). */
  private free(from: number, to: number, { left, takenBefore, takenBehind }: Room, tint: Tint): void {
    const startsAt = Math.max(from, Math.min(to, takenBefore + tint.setupMs));
    const endsAt = Math.max(startsAt, Math.min(to, takenBehind - tint.teardownMs));
    this.margin(from, startsAt, tint);
    if (startsAt < endsAt) this.put({ startsAt, endsAt, colour: 'FREE', quantity: left, cause: null }, tint);
    this.margin(endsAt, to, tint);
  }

  private margin(startsAt: number, endsAt: number, tint: Tint): void {
    if (startsAt >= endsAt) return;
    this.put({ startsAt, endsAt, colour: 'NOT_PERMITTED', quantity: 0, cause: BESIDE }, tint);
  }

  /** What a pool's reservations cut apart, and what looks the same on both sides, is one span. */
  private put(span: ColourSpan, tint: Tint): void {
    const { spans } = this;
    const last = this.tint === tint ? spans.at(-1) : undefined;
    this.tint = tint;
    const goesOn =
      last &&
      last.endsAt === span.startsAt &&
      last.colour === span.colour &&
      last.cause === span.cause &&
      last.quantity === span.quantity;
    if (goesOn) spans[spans.length - 1] = { ...last, endsAt: span.endsAt };
    else spans.push(span);
  }
}
