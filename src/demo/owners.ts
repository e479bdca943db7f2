import type { Temporal } from 'temporal-polyfill';
import type { DemoPerson } from './people.js';
import type { Random } from './random.js';
import type { DemoResource } from './resources.js';
import { MEETING_MINUTES, RESTRICTED } from './rules.js';

/** Picks who reserves what, so that nobody has what the rules would not let them reserve. */
export class DemoOwners {
  /** The minutes of meetings of each person in each week. */
  readonly #met = new Map<string, number>();
  readonly #reserving: readonly DemoPerson[];

  constructor(
    people: readonly DemoPerson[],
    private readonly trained: readonly DemoPerson[],
    private readonly roomTypeId: string,
    private readonly random: Random,
  ) {
    this.#reserving = people.filter(({ role }) => role !== 'GUEST');
  }

  pick(resource: DemoResource, date: Temporal.PlainDate, minutes: number): DemoPerson {
    if (resource.name === RESTRICTED) return this.random.pick(this.trained);
    if (resource.type_id !== this.roomTypeId) return this.random.pick(this.#reserving);
    const week = (id: string) => `${id} ${date.yearOfWeek} ${date.weekOfYear}`;
    const left = this.#reserving.filter(
      ({ id }) => (this.#met.get(week(id)) ?? 0) + minutes <= MEETING_MINUTES,
    );
    const owner = this.random.pick(left);
    this.#met.set(week(owner.id), (this.#met.get(week(owner.id)) ?? 0) + minutes);
    return owner;
  }
}
