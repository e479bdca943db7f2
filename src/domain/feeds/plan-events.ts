import { type InvalidInput, invalidInput } from '../failure.js';
import { checkWords } from '../reservations/check-request.js';
import { settleClosure, settleLocal } from '../schedules/closure-fields.js';
import type { CalendarEvent, CalendarProblem } from '../schedules/ical-closures.js';
import { exdatesOf, keyOf, openCalendar } from '../schedules/plan-import.js';
import { allOccurrences, type Unfinished } from '../schedules/recurrence.js';
import { checkText } from '../text.js';
import { breathing } from '../time/breathing.js';
import type { Window } from '../time/window.js';
import { clockShows } from '../time/zone-offset.js';

/** One window that a calendar asks for: an event, or one occurrence of an event that recurs. */
export interface WantedEvent extends Window {
  readonly line: number;
  /** What a second import knows it by: the UID of the event, and which occurrence it is. */
  readonly uid: string;
  readonly title: string;
  readonly details: string;
}

/** What a calendar asks for. */
export interface WantedEvents {
  /** By start. */
  readonly events: readonly WantedEvent[];
  /** Windows that are over, and events that the calendar itself calls cancelled. */
  readonly pastCount: number;
  readonly cancelledCount: number;
  /** By line; their events are not among those above. */
  readonly problems: readonly CalendarProblem[];
}

const MOST = 500;
const MOST_UID = 500;
const FOR_EVER = Date.UTC(9001, 0, 1);
const UNTITLED = 'Untitled';

const unfinished = (why: Unfinished): string =>
  ({
    Endless: 'It recurs without an end: give its rule a COUNT or an UNTIL.',
    NoDates: 'Its rule gives no occurrence at all.',
    TooMany: `It has more than ${MOST} occurrences.`,
    PastHorizon: 'It goes on for ever.',
  })[why.kind];

const instantOf = (local: string, timeZone: string): Date => {
  const shown = clockShows(Date.parse(`${local}Z`), timeZone);
  return new Date(typeof shown === 'number' ? shown : shown.moved);
};

type NamedWindow = Window & { readonly occurrence: string | null };

/** The windows that the clocks at the resource give an event, with what tells them apart, or what is wrong with it. */
function windowsByClock(
  event: CalendarEvent,
  kin: readonly CalendarEvent[],
  occurrence: string | null,
  timeZone: string,
): NamedWindow[] | string {
  const fields = settleClosure({ ...event, title: UNTITLED, exdates: exdatesOf(event, kin) }, []);
  if ('kind' in fields) return fields.message;
  const { startsLocal, endsLocal, rrule, exdates } = fields;
  if (rrule === null) {
    const [startsAt, endsAt] = [instantOf(startsLocal, timeZone), instantOf(endsLocal, timeZone)];
    return [{ startsAt, endsAt, occurrence }];
  }
  const recurrence = { rrule, startsLocal, endsLocal, exdates, rdates: [], timeZone };
  const found = allOccurrences(recurrence, { most: MOST, until: FOR_EVER });
  if ('kind' in found) return unfinished(found);
  return found.map(({ key, startsAt, endsAt }) => ({ startsAt, endsAt, occurrence: key }));
}

/** What one event asks for, past windows included, or what is wrong with it. */
function wantedOf(
  event: CalendarEvent,
  kin: readonly CalendarEvent[],
  timeZone: string,
): WantedEvent[] | string {
  const { line, uid, details, recurrenceId, instants, rrule } = event;
  const title = event.title.trim() || UNTITLED;
  const invalid = checkWords(title, details) ?? checkText(uid, [], 1, MOST_UID);
  if (invalid) return invalid.message;
  const due = recurrenceId && settleLocal(recurrenceId);
  if (recurrenceId && !due) return 'Its RECURRENCE-ID is no time.';
  const windows =
    instants && rrule === null
      ? [{ startsAt: new Date(instants.from), endsAt: new Date(instants.to), occurrence: due }]
      : windowsByClock(event, kin, due, timeZone);
  if (typeof windows === 'string') return windows;
  return windows.map(({ startsAt, endsAt, occurrence }) => {
    const named = occurrence ? `${uid} ${occurrence}` : uid;
    return { line, uid: named, title, details, startsAt, endsAt };
  });
}

/**
 * Reads what an iCalendar file asks for, up to 500 windows that are not over. Occurrences of an event that recurs
 * are windows of their own, less those that other events of the file stand for.
 * @param timeZone that of the resource: whole days and floating times are read by its clocks
 * @returns the windows and every problem, or the one problem of the file as a whole
 */
export async function planEvents(
  text: string,
  timeZone: string,
  now: number,
): Promise<WantedEvents | InvalidInput> {
  const breathe = breathing();
  const read = await openCalendar(text, [timeZone], breathe);
  if ('kind' in read) return read;
  const problems = [...read.problems];
  const seen = new Set<string>();
  const events: WantedEvent[] = [];
  let [pastCount, cancelledCount] = [0, 0];
  for (const event of read.events) {
    await breathe();
    const isTwice = seen.has(keyOf(event));
    seen.add(keyOf(event));
    if (event.isCancelled) {
      cancelledCount++;
      continue;
    }
    const wanted = isTwice
      ? 'Another event of the file has the same UID.'
      : wantedOf(event, read.kin.get(event.uid) ?? [], timeZone);
    if (typeof wanted === 'string') {
      problems.push({ line: event.line, uid: event.uid, message: wanted });
      continue;
    }
    const ahead = wanted.filter(({ endsAt }) => endsAt.getTime() > now);
    pastCount += wanted.length - ahead.length;
    events.push(...ahead);
  }
  if (events.length > MOST)
    return invalidInput(['input', 'text'], `At most ${MOST} reservations are imported at once.`);
  problems.sort((a, b) => a.line - b.line);
  events.sort((a, b) => +a.startsAt - +b.startsAt);
  return { events, pastCount, cancelledCount, problems };
}
