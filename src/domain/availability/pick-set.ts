import type { Candidate } from './candidate.js';

/** A resource on offer for a need, with how many more seats it has than are needed. */
export interface Offer {
  readonly candidate: Candidate;
  readonly spareSeats: number;
}

/** So many of the offers, which stand in the order of their spare seats and names. */
export interface OpenNeed {
  readonly count: number;
  readonly offers: readonly Offer[];
}

/** The resources picked for each need, in the order of the needs. */
export interface PickedSet {
  readonly picks: readonly (readonly Candidate[])[];
  readonly spareSeats: number;
  /** How many places they stand in. */
  readonly places: number;
}

export interface PickRules {
  /** Whether the two cannot be in one set: the same resource, or a whole and its part. */
  readonly areApart: (a: Candidate, b: Candidate) => boolean;
  /** Whether the set as a whole passes. */
  readonly accepts: (candidates: readonly Candidate[]) => boolean;
}

/** Steps and refused sets after which the search of one start gives up: it could else take for ever. */
const MOST_STEPS = 5_000;
const MOST_REFUSED = 20;

interface Picked extends Offer {
  readonly need: number;
}

const placesOf = (picked: readonly Picked[]): number =>
  new Set(picked.map(({ candidate }) => candidate.of.placeId)).size;
const sparesOf = (picked: readonly Picked[]): number =>
  picked.reduce((sum, { spareSeats }) => sum + spareSeats, 0);

/** Branch and bound: picks need by need, the scarcest first, and leaves a branch that can get no better. */
class Search {
  private readonly order: readonly number[];
  private readonly found: (PickedSet & { picked: readonly Picked[] })[] = [];
  private steps = 0;
  private refused = 0;

  constructor(
    private readonly needs: readonly OpenNeed[],
    private readonly rules: PickRules,
    private readonly most: number,
  ) {
    const slack = ({ offers, count }: OpenNeed) => offers.length - count;
    this.order = needs
      .map((_, index) => index)
      .sort((a, b) => slack(needs[a] as OpenNeed) - slack(needs[b] as OpenNeed));
  }

  run(): PickedSet[] {
    this.pick(0, 0, 0, []);
    return this.found;
  }

  private get isOver(): boolean {
    return this.steps >= MOST_STEPS || this.refused >= MOST_REFUSED;
  }

  /** The spare seats above which a set is not wanted any more. */
  private get bar(): number {
    const last = this.found.length < this.most ? undefined : this.found.at(-1);
    return last?.spareSeats ?? Number.POSITIVE_INFINITY;
  }

  /** Whether a set that begins so could still be among the best. */
  private canWin(picked: readonly Picked[]): boolean {
    const last = this.found.length < this.most ? undefined : this.found.at(-1);
    if (!last) return true;
    const spare = sparesOf(picked);
    return spare < last.spareSeats || (spare === last.spareSeats && placesOf(picked) < last.places);
  }

  /** Goes on with the `taken`-th pick of the need at that place of the order, from its offer `next` on. */
  private pick(place: number, taken: number, next: number, picked: readonly Picked[]): void {
    const need = this.order[place];
    if (need === undefined) {
      this.keep(picked);
      return;
    }
    const { count, offers } = this.needs[need] as OpenNeed;
    if (taken === count) {
      this.pick(place + 1, 0, 0, picked);
      return;
    }
    const here = new Set(picked.map(({ candidate }) => candidate.of.placeId));
    const near = ({ candidate }: Offer) => (here.has(candidate.of.placeId) ? 0 : 1);
    const left = offers.slice(next).map((offer, index) => ({ offer, index: next + index }));
    // At equal spare seats those in a place that is in the set already come first.
    left.sort((a, b) => a.offer.spareSeats - b.offer.spareSeats || near(a.offer) - near(b.offer));
    const spare = sparesOf(picked);
    for (const { offer, index } of left) {
      if (this.isOver || spare + offer.spareSeats > this.bar) return;
      this.steps++;
      if (picked.some(({ candidate }) => this.rules.areApart(candidate, offer.candidate))) continue;
      const more = [...picked, { ...offer, need }];
      if (this.canWin(more)) this.pick(place, taken + 1, index + 1, more);
    }
  }

  private keep(picked: readonly Picked[]): void {
    if (!this.rules.accepts(picked.map(({ candidate }) => candidate))) {
      this.refused++;
      return;
    }
    const picks = this.needs.map((_, need) =>
      picked.filter((pick) => pick.need === need).map(({ candidate }) => candidate),
    );
    this.found.push({ picks, picked, spareSeats: sparesOf(picked), places: placesOf(picked) });
    this.found.sort((a, b) => a.spareSeats - b.spareSeats || a.places - b.places);
    this.found.splice(this.most);
  }
}

/**
 * The best sets that serve all needs, each resource once: with the fewest spare seats, then in the fewest places, then
 * by name. Of very many equal ones the best is not sure to be found.
 */
export const pickSets = (needs: readonly OpenNeed[], rules: PickRules, most: number): PickedSet[] =>
  new Search(needs, rules, most).run();
