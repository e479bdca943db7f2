import { MOST_DAYS_AHEAD } from '../schedules/check-times.js';
import { settleClosure, settleLocal } from '../schedules/closure-fields.js';
import type { CalendarEvent } from '../schedules/ical-closures.js';
import { exdatesOf } from '../schedules/plan-import.js';
import { occurrencesBetween, wallOf } from '../schedules/recurrence.js';
import { localDate } from '../time/local-day.js';
import type { Window } from '../time/window.js';
import { clockShows } from '../time/zone-offset.js';

/** A window that an event asks for, with what tells those of its UID apart; null: there is one. */
export type EventWindow = Window & { readonly occurrence: string | null };

/** The windows of an event that are not over, by start, or those found by the time that something proved wrong. */
export interface EventWindows {
  readonly windows: readonly EventWindow[];
  readonly problem: string | null;
}

/** How many windows a calendar may ask for. */
export const MOST_WINDOWS = 500;
export const UNTITLED = 'Untitled';

const DAY = 86_400_000;
/** A rule that goes on has an occurrence within these: 29 February comes back after eight years at the latest. */
const NINE_YEARS = 9 * 366 * DAY;

const wrong = (problem: string, windows: readonly EventWindow[] = []): EventWindows => ({ windows, problem });

const instantOf = (local: string, timeZone: string): Date => {
  const shown = clockShows(wallOf(local), timeZone);
  return new Date(typeof shown === 'number' ? shown : shown.moved);
};

const ahead = (window: EventWindow, now: number): EventWindows => ({
  windows: window.endsAt.getTime() > now ? [window] : [],
  problem: null,
});

/** Follows a rule from now on, never through what is over, and as far as the longest horizon reaches. */
function windowsByRule(
  event: Pick<CalendarEvent, 'startsLocal' | 'endsLocal' | 'exdates'> & { readonly rrule: string },
  timeZone: string,
  now: number,
): EventWindows {
  const { rrule, startsLocal, endsLocal, exdates } = event;
  const [, end, count] = /(?:^|;)(UNTIL|COUNT)=(\d+)/i.exec(rrule) ?? [];
  if (end === undefined) return wrong('It recurs without an end: give its rule a COUNT or an UNTIL.');
  if (/COUNT/i.test(end) && Number(count) > MOST_WINDOWS)
    return wrong(`It has more than ${MOST_WINDOWS} occurrences.`);
  const horizon = now + MOST_DAYS_AHEAD * DAY;
  const recurrence = { rrule, startsLocal, endsLocal, exdates, rdates: [], timeZone };
  const windows = occurrencesBetween(recurrence, now, horizon + NINE_YEARS).map(
    ({ key, startsAt, endsAt }) => ({ startsAt, endsAt, occurrence: key }),
  );
  const last = windows.at(-1)?.startsAt ?? instantOf(startsLocal, timeZone);
  if (last.getTime() >= horizon)
    return wrong(`It goes on behind ${localDate(horizon, timeZone)}: end its rule before.`, windows);
  return windows.length === 0 && last.getTime() > now
    ? wrong('Its rule gives no occurrence at all.')
    : { windows, problem: null };
}

/**
 * The windows that one event asks for.
 * @param kin all events of its UID
 * @param timeZone by whose clocks whole days and floating times are read
 */
export function windowsOf(
  event: CalendarEvent,
  kin: readonly CalendarEvent[],
  timeZone: string,
  now: number,
): EventWindows {
  const { recurrenceId, instants } = event;
  const occurrence = recurrenceId && settleLocal(recurrenceId);
  if (recurrenceId && !occurrence) return wrong('Its RECURRENCE-ID is no time.');
  if (instants && event.rrule === null)
    return ahead({ startsAt: new Date(instants.from), endsAt: new Date(instants.to), occurrence }, now);
  const fields = settleClosure({ ...event, title: UNTITLED, exdates: exdatesOf(event, kin) }, []);
  if ('kind' in fields) return wrong(fields.message);
  const { startsLocal, endsLocal, rrule } = fields;
  if (rrule !== null) return windowsByRule({ ...fields, rrule }, timeZone, now);
  const [startsAt, endsAt] = [instantOf(startsLocal, timeZone), instantOf(endsLocal, timeZone)];
  return ahead({ startsAt, endsAt, occurrence }, now);
}
