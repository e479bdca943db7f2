import { localDate } from '../time/local-day.js';
import type { Stretch } from '../time/stretch.js';
import { stepsBetween } from '../time/wall-step.js';
import type { Candidate } from './candidate.js';
import type { Inquiry } from './inquiry.js';
import { stepOf } from './start-steps.js';

const MINUTE = 60_000;

/** Where starts are looked for, and what they should be near. */
export interface NearestWish {
  readonly start: number;
  readonly length: number;
  /** The first and the last start, in ms since 1970. */
  readonly starts: Stretch;
}

/** Starts at which the window would touch what is in the way, before it or behind it. */
function touching(inquiry: Inquiry, { of, full }: Candidate, { start, length }: NearestWish): number[] {
  const buffers = inquiry.book.buffersOf(of, localDate(start, of.timeZone));
  return full.flatMap(({ from, to }) => [
    from - buffers.teardownMinutes * MINUTE - length,
    to + buffers.setupMinutes * MINUTE,
  ]);
}

/** Finds for one set of resources after the other the passing start that is nearest to the wish. */
export class NearestStarts {
  private readonly steps = new Map<string, readonly number[]>();

  constructor(
    private readonly inquiry: Inquiry,
    private readonly wish: NearestWish,
  ) {}

  /** The start in ms since 1970; of two as near the earlier one. Null where none passes. */
  of(candidates: readonly Candidate[]): number | null {
    const onStep = this.first(candidates, this.stepsFor(candidates));
    const reach = onStep === null ? Number.POSITIVE_INFINITY : this.distance(onStep);
    const between = candidates
      .flatMap((candidate) => touching(this.inquiry, candidate, this.wish))
      .filter((start) => this.isWithin(start) && this.distance(start) < reach);
    return this.first(candidates, this.inOrder([this.wish.start, ...between])) ?? onStep;
  }

  private distance(start: number): number {
    return Math.abs(start - this.wish.start);
  }

  private isWithin(start: number): boolean {
    return start >= this.wish.starts.from && start <= this.wish.starts.to;
  }

  private inOrder(starts: readonly number[]): number[] {
    return starts.toSorted((a, b) => this.distance(a) - this.distance(b) || a - b);
  }

  private stepsFor(candidates: readonly Candidate[]): readonly number[] {
    const { start, starts } = this.wish;
    const step = stepOf(this.inquiry, candidates, start);
    const timeZone = candidates[0]?.of.timeZone ?? 'UTC';
    const key = `${step} ${timeZone}`;
    const known = this.steps.get(key) ?? this.inOrder(stepsBetween(starts.from, starts.to, step, timeZone));
    this.steps.set(key, known);
    return known;
  }

  private first(candidates: readonly Candidate[], starts: readonly number[]): number | null {
    const { length } = this.wish;
    const found = starts.find((start) =>
      this.inquiry.passesTogether(candidates, {
        startsAt: new Date(start),
        endsAt: new Date(start + length),
      }),
    );
    return found ?? null;
  }
}
