import { type InvalidInput, invalidInput } from '../failure.js';
import { type CalendarBlocks, calendarBlocks } from './calendar-blocks.js';
import { closedStretches } from './closure.js';
import { type ClosureFields, settleClosure } from './closure-fields.js';
import { type CalendarEvent, type CalendarProblem, readCalendar } from './ical-closures.js';

/** A closure that an event of a calendar stands for. */
export interface ImportedClosure extends ClosureFields {
  /** What a second import knows it by. */
  readonly sourceUid: string;
}

/** What a calendar comes to. */
export interface ImportPlan {
  readonly closures: readonly ImportedClosure[];
  /** Events that are over, and events that the calendar itself calls cancelled. */
  readonly pastCount: number;
  readonly cancelledCount: number;
  /** By line; their events are not among the closures. */
  readonly problems: readonly CalendarProblem[];
}

const MOST_BYTES = 1024 * 1024;
const MOST_EVENTS = 2_000;
const DAY = 86_400_000;
/** Behind every end that a closure can have. */
const FOR_EVER = Date.UTC(9001, 0, 1);
/** A rule that goes on has an occurrence within these: 29 February comes back after eight years at the latest. */
const YEARS_AHEAD = 9;
/** The last clocks on earth to show a time. */
const LAST_ZONE = 'Etc/GMT+12';

/** Whether it is over wherever a resource may be. A rule is followed only where nothing else tells its end. */
function isPast(closure: ClosureFields, now: number): boolean {
  const { rrule, startsLocal, endsLocal } = closure;
  const [begins, ends] = [Date.parse(`${startsLocal}Z`), Date.parse(`${endsLocal}Z`)];
  if (begins > now) return false;
  if (rrule === null) return closedStretches(closure, LAST_ZONE, { from: now, to: FOR_EVER }).length === 0;
  const until = /UNTIL=(\d{4})(\d\d)(\d\d)/i.exec(rrule);
  if (until) return Date.parse(until.slice(1).join('-')) + 2 * DAY + (ends - begins) < now;
  const ahead = { from: now, to: now + YEARS_AHEAD * 366 * DAY };
  return /COUNT=/i.test(rrule) && closedStretches(closure, LAST_ZONE, ahead).length === 0;
}

/** What tells the events of a calendar apart, those included that stand for one occurrence of another. */
export const keyOf = ({ uid, recurrenceId }: CalendarEvent) =>
  recurrenceId ? `${uid} ${recurrenceId}` : uid;

/** Of a series, the starts of occurrences that other events of the calendar stand for are left out. */
export function exdatesOf(event: CalendarEvent, all: readonly CalendarEvent[]): string[] {
  const replaced = all.flatMap((other) => (other.uid === event.uid ? (other.recurrenceId ?? []) : []));
  return event.recurrenceId === null && event.rrule !== null
    ? [...event.exdates, ...replaced]
    : [...event.exdates];
}

function problemOf(
  event: CalendarEvent,
  seen: ReadonlySet<string>,
  all: readonly CalendarEvent[],
): string | null {
  if (seen.has(keyOf(event))) return 'Another event of the file has the same UID.';
  const orphan =
    event.recurrenceId !== null && !all.some(({ uid, rrule }) => uid === event.uid && rrule !== null);
  return orphan ? 'Its RECURRENCE-ID names an event that recurs, and the file has none of its UID.' : null;
}

/** An iCalendar file cut into its parts, or what is wrong with it as a whole: it has up to 1 MiB and 2,000 events. */
export function openCalendar(text: string): CalendarBlocks | InvalidInput {
  const path = ['input', 'text'];
  if (text.trim() === '') return invalidInput(path, 'An iCalendar file begins with BEGIN:VCALENDAR.');
  if (Buffer.byteLength(text) > MOST_BYTES) return invalidInput(path, 'A calendar has at most 1 MiB.');
  const blocks = calendarBlocks(text);
  if ('message' in blocks) return invalidInput(path, `Line ${blocks.line}: ${blocks.message}`);
  if (blocks.events.length > MOST_EVENTS)
    return invalidInput(path, `A calendar has at most ${MOST_EVENTS} events.`);
  return blocks;
}

/**
 * Reads an iCalendar file. Its events are checked as any closure is.
 * @param scopeZones the time zones of the resources that it is for
 * @returns the closures and every problem, or the one problem of the file as a whole
 */
export function planImport(
  text: string,
  scopeZones: readonly string[],
  now: number,
): ImportPlan | InvalidInput {
  const blocks = openCalendar(text);
  if ('kind' in blocks) return blocks;
  const { events, problems: unread } = readCalendar(blocks, scopeZones);
  const problems = [...unread];
  const seen = new Set<string>();
  const closures: ImportedClosure[] = [];
  let [pastCount, cancelledCount] = [0, 0];
  for (const event of events) {
    const fields = settleClosure({ ...event, exdates: exdatesOf(event, events) }, []);
    const message = problemOf(event, seen, events) ?? ('kind' in fields ? fields.message : null);
    seen.add(keyOf(event));
    if (event.isCancelled) cancelledCount++;
    else if (message !== null || 'kind' in fields)
      problems.push({ line: event.line, uid: event.uid, message: message ?? '' });
    else if (isPast(fields, now)) pastCount++;
    else closures.push({ ...fields, sourceUid: keyOf(event) });
  }
  problems.sort((a, b) => a.line - b.line);
  return { closures, pastCount, cancelledCount, problems };
}
