import type { OutlookRow } from '../../sql/availability/read-outlook.js';
import type { UseFact } from '../../sql/reservations/read-facts.js';
import { peak, usage } from '../decisions/usage.js';
import { merged, type Stretch } from '../time/stretch.js';

const ALWAYS: Stretch = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The stretches of which no quantity that large is left, merged. */
function fullFor(quantity: number, { pooled, capacity }: OutlookRow, uses: readonly UseFact[]): Stretch[] {
  if (quantity > capacity) return [ALWAYS];
  if (!pooled) return merged(uses.map(([from, to]) => ({ from, to })));
  return merged(usage(ALWAYS, uses).filter((use) => use.quantity + quantity > capacity));
}

/** The first of the stretches, which stand apart and in order, that ends behind the instant. */
function firstBehind(stretches: readonly Stretch[], at: number): Stretch | undefined {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle] as Stretch).to <= at) low = middle + 1;
    else high = middle;
  }
  return stretches[low];
}

/** One resource that is asked for in one quantity. */
export class Candidate {
  /** Where it is too full for the quantity, merged. */
  readonly full: readonly Stretch[];

  /**
   * @param kin equal for resources under the same rules
   * @param usable where hours and closures could let it be reserved, merged
   */
  constructor(
    readonly of: OutlookRow,
    readonly quantity: number,
    readonly kin: string,
    private readonly usable: readonly Stretch[],
  ) {
    this.full = fullFor(quantity, of, of.uses);
  }

  /** Whether the quantity is left throughout the span. */
  hasRoom({ from, to }: Stretch): boolean {
    const met = firstBehind(this.full, from);
    return !met || met.from >= to;
  }

  /** How many are left at the fullest instant of the span. */
  left(span: Stretch): number {
    return this.of.capacity - peak(span, this.of.uses);
  }

  /** Whether it is open and not closed throughout the span, as far as hours bind who asks. */
  isUsable({ from, to }: Stretch): boolean {
    const around = firstBehind(this.usable, from);
    return around !== undefined && around.from <= from && to <= around.to;
  }
}
