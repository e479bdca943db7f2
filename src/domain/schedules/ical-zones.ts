import ICAL from 'ical.js';
import type { CalendarBlock } from './calendar-blocks.js';

export type Component = InstanceType<typeof ICAL.Component>;
export type Property = InstanceType<typeof ICAL.Property>;

/** A time zone that times of a calendar name. */
export interface Zone {
  readonly name: string;
  /** Set where the file itself defines it under a name that no clock here knows. */
  readonly defined: InstanceType<typeof ICAL.Timezone> | null;
}

/** How many zones a file may define by itself, by how many clocks and dates each, and when those are followed. */
const MOST_OWN_ZONES = 20;
const MOST_CLOCKS = 20;
const FIRST_YEAR = 2000;
export const LAST_YEAR = 2100;

/** The texts of a property's values, as they stand in the file: the library would bend 30 February into March. */
export const textsOf = (property: Property): string[] =>
  (property.toJSON() as unknown[]).slice(3).map(String);

/** The zone's name of today, or null where no clock here knows it. */
export function canonical(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/**
 * A zone that only the file knows, as Outlook writes them: clocks that change once a year, by month and weekday.
 * Anything else could keep whoever follows it busy for hours, as could the years since 1601.
 */
function ownZone(component: Component): InstanceType<typeof ICAL.Timezone> | null {
  const clocks = component.getAllSubcomponents();
  const dates = clocks.flatMap((clock) => clock.getAllProperties('rdate').flatMap(textsOf));
  if (clocks.length > MOST_CLOCKS || dates.length > MOST_CLOCKS) return null;
  for (const clock of clocks) {
    const rule = String(clock.getFirstPropertyValue('rrule') ?? 'FREQ=YEARLY');
    if (!/^FREQ=YEARLY(;(INTERVAL=1|BYMONTH=\d+|BYDAY=-?\d?[A-Z]{2}))*$/.test(rule)) return null;
    const start = clock.getFirstPropertyValue('dtstart') as InstanceType<typeof ICAL.Time> | null;
    if (start && start.year < FIRST_YEAR) start.year = FIRST_YEAR;
  }
  return new ICAL.Timezone(component);
}

/** The zones that the file defines, by their names in it. */
export function definedZones(blocks: readonly CalendarBlock[]): Map<string, Zone> {
  const zones = new Map<string, Zone>();
  let own = 0;
  for (const { text } of blocks) {
    try {
      const component = new ICAL.Component(ICAL.parse(text));
      const name = String(component.getFirstPropertyValue('tzid'));
      const known = canonical(String(component.getFirstPropertyValue('x-lic-location') ?? name));
      const defined = known ? null : ownZone(component);
      if (known || (defined && ++own <= MOST_OWN_ZONES)) zones.set(name, { name: known ?? name, defined });
    } catch {
      // A zone that cannot be read is missing where an event names it.
    }
  }
  return zones;
}
