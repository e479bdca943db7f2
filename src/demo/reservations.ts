import { Temporal } from 'temporal-polyfill';
import { newId } from '../domain/ids.js';
import type { DemoOwners } from './owners.js';
import type { DemoPart } from './parts.js';
import type { Random } from './random.js';
import type { DemoResource } from './resources.js';

export interface DemoReservation {
  readonly id: string;
  readonly title: string;
  readonly owner_id: string;
  readonly state: 'CONFIRMED' | 'CANCELLED';
  readonly starts_at: string;
  readonly ends_at: string;
  readonly created_at: string;
  readonly resource_id: string;
  readonly quantity: number;
  /** The buffers that were frozen with it. */
  readonly setup_minutes: number;
  readonly teardown_minutes: number;
}

/** What people write, by the name of the resource's type. */
const TITLES: Readonly<Record<string, readonly string[]>> = {
  'Meeting room': [
    'Weekly planning',
    'Design review',
    'Interview',
    'Customer call',
    'Budget round',
    'Workshop',
    'Retrospective',
    'Training',
    'One to one',
    'Project kick-off',
    'Supplier visit',
  ],
  Desk: ['In the office', 'Visiting from another site', 'Onboarding', 'Focus day'],
  Instrument: [
    'Sample series',
    'Calibration',
    'Thesis measurements',
    'Training with the instrument',
    'Control run',
  ],
  Vehicle: ['Customer visit', 'Trade fair', 'Delivery', 'Site visit'],
  Equipment: ['Workshop', 'Training course', 'Guests', 'Field work'],
};
const PAST_DAYS = 3;
const DAYS = 14;
const OPENS = 8;
const CLOSES = 18;

/** From and to in minutes of the local day. */
type Hours = readonly [from: number, to: number];

/** Minutes of one working day that are reserved, never overlapping with the buffers counted. */
function hoursOf(resource: DemoResource, kind: string, random: Random): Hours[] {
  if (kind === 'Desk') return random.chance(0.45) ? [[9 * 60, 17 * 60]] : [];
  if (kind === 'Vehicle')
    return random.chance(0.5)
      ? [
          random.pick<Hours>([
            [8 * 60, 12 * 60],
            [13 * 60, 18 * 60],
          ]),
        ]
      : [];
  const lengths = kind === 'Instrument' ? [120, 180, 240] : [30, 60, 60, 90, 120];
  const reserved: Hours[] = [];
  const between = resource.setup_minutes + resource.teardown_minutes;
  let at = OPENS * 60 + random.whole(0, 4) * 30;
  while (reserved.length < 4) {
    const to = at + random.pick(lengths);
    if (to > CLOSES * 60) break;
    if (random.chance(0.6)) reserved.push([at, to]);
    at = to + between + random.whole(0, 3) * 30;
  }
  return reserved;
}

/** Quantities of a pool's day: their sum stays within its capacity, so that any peak does. */
function poolDay(resource: DemoResource, random: Random): number[] {
  const quantities: number[] = [];
  let left = Math.floor(resource.capacity * 0.8);
  while (left > 0 && quantities.length < 3 && random.chance(0.6)) {
    const quantity = random.whole(1, Math.max(1, Math.floor(left / 2)));
    quantities.push(quantity);
    left -= quantity;
  }
  return quantities;
}

/** A whole and its parts take turns, day by day; everything else has every day. */
const hasItsDay = ({ id }: DemoResource, parts: readonly DemoPart[], day: number): boolean =>
  (day % 2 === 0 || !parts.some(({ whole_id }) => whole_id === id)) &&
  (day % 2 !== 0 || !parts.some(({ part_id }) => part_id === id));

/**
 * Two weeks of reservations around `now`, in the working hours of each resource's own zone. What is only an add-on
 * has none by itself.
 */
export function demoReservations(
  resources: readonly DemoResource[],
  parts: readonly DemoPart[],
  kindOf: (resource: DemoResource) => string,
  owners: DemoOwners,
  now: Date,
  random: Random,
): DemoReservation[] {
  const made: DemoReservation[] = [];
  for (const resource of resources.filter(({ status, add_on_only }) => status === 'ACTIVE' && !add_on_only)) {
    const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
      .toZonedDateTimeISO(resource.time_zone)
      .toPlainDate();
    for (let day = -PAST_DAYS; day < DAYS - PAST_DAYS; day++) {
      const date = today.add({ days: day });
      if (date.dayOfWeek > 5 || !hasItsDay(resource, parts, day)) continue;
      const add = (hours: Hours, quantity: number) => made.push(reservation(resource, date, hours, quantity));
      if (resource.pooled) for (const quantity of poolDay(resource, random)) add([9 * 60, 17 * 60], quantity);
      else for (const hours of hoursOf(resource, kindOf(resource), random)) add(hours, 1);
    }
  }
  return made;

  function reservation(
    resource: DemoResource,
    date: Temporal.PlainDate,
    [from, to]: Hours,
    quantity: number,
  ): DemoReservation {
    const at = (minutes: number) =>
      new Date(
        date.toZonedDateTime({
          timeZone: resource.time_zone,
          plainTime: Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 }),
        }).epochMilliseconds,
      );
    const startsAt = at(from);
    const madeBefore = random.whole(1, 10) * 86_400_000;
    return {
      id: newId(),
      title: random.pick(TITLES[kindOf(resource)] ?? ['Reserved']),
      owner_id: owners.pick(resource, date, to - from).id,
      state: random.chance(0.04) ? 'CANCELLED' : 'CONFIRMED',
      starts_at: startsAt.toISOString(),
      ends_at: at(to).toISOString(),
      created_at: new Date(Math.min(now.getTime(), startsAt.getTime()) - madeBefore).toISOString(),
      resource_id: resource.id,
      quantity,
      setup_minutes: resource.setup_minutes,
      teardown_minutes: resource.teardown_minutes,
    };
  }
}
