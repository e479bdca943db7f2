import type { Window } from '../time/window.js';
import type { Candidate } from './candidate.js';
import type { Inquiry } from './inquiry.js';

/** Resources that could serve a wish together: those that were asked for, or equals in the place of some. */
export interface Variant {
  readonly candidates: readonly Candidate[];
  /** How many more seats they have than those that were asked for. */
  readonly spareSeats: number;
}

interface Wished {
  readonly resourceId: string;
  readonly quantity: number;
}

/** What is left of the equals of one resource, the best first. */
class Equals {
  constructor(private left: readonly Candidate[]) {}

  /** The best that can stand beside the others; each is given once. */
  take(inquiry: Inquiry, others: readonly Candidate[]): Candidate | null {
    const next = this.left.find((each) => !others.some((other) => inquiry.areApart(each, other)));
    if (!next) return null;
    this.left = this.left.filter((each) => each !== next);
    return next;
  }
}

function spareSeatsOf(inquiry: Inquiry, wished: readonly Wished[], candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { of }, index) => {
    const asked = inquiry.resource(wished[index]?.resourceId ?? '')?.seats;
    return sum + (asked == null || of.seats === null ? 0 : of.seats - asked);
  }, 0);
}

/**
 * The wish itself first, then with equals in the place of what does not pass in the window, or of everything where
 * each resource by itself would; every equal once.
 * @param equals for each wished resource the ids of its equals, the best first
 */
export function variantsOf(
  inquiry: Inquiry,
  wished: readonly Wished[],
  window: Window,
  equals: readonly (readonly string[])[],
): Variant[] {
  const own = wished.map(({ resourceId, quantity }) => inquiry.candidate(resourceId, quantity));
  const passes = (candidate: Candidate | null) =>
    candidate !== null && inquiry.passesAlone(candidate, window);
  const blocked = own.map((candidate) => !passes(candidate));
  const replaced = blocked.includes(true) ? blocked : blocked.map(() => true);
  const stay = own.flatMap((candidate, index) => (candidate && !replaced[index] ? candidate : []));
  const left = wished.map(({ quantity }, index) => {
    const all = (equals[index] ?? []).flatMap((id) => inquiry.candidate(id, quantity) ?? []);
    const [now, later] = [all.filter(passes), all.filter((each) => !passes(each))];
    return new Equals([...now, ...later]);
  });
  const variants: Variant[] = [];
  const add = (candidates: readonly Candidate[]) =>
    variants.push({ candidates, spareSeats: spareSeatsOf(inquiry, wished, candidates) });
  const asked = own.flatMap((candidate) => candidate ?? []);
  if (asked.length === own.length) add(asked);
  for (;;) {
    const set: Candidate[] = [];
    for (const [index, candidate] of own.entries()) {
      const next = replaced[index] ? left[index]?.take(inquiry, [...stay, ...set]) : candidate;
      if (!next) return variants;
      set.push(next);
    }
    add(set);
  }
}
