import { type InvalidInput, invalidInput } from '../failure.js';
import { breathing } from '../time/breathing.js';
import { calendarBlocks } from './calendar-blocks.js';
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

/** So that any client can send it, with line ends and quotes escaped, in one request or message. */
export const MOST_BYTES = 80 * 1024;
const MOST_EVENTS = 1_000;
/** Rules that name few of many days can take a tenth of a second each. */
const SLOW_RULE = /^(?=.*FREQ=(DAILY|WEEKLY))(?=.*BYMONTH)|BY(SETPOS|WEEKNO|YEARDAY)/i;
const MOST_SLOW_RULES = 20;
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
  // Of most that are not over the next year tells it.
  return (
    /COUNT=/i.test(rrule) &&
    [1, YEARS_AHEAD].every((years) => {
      const ahead = { from: now, to: now + years * 366 * DAY };
      return closedStretches(closure, LAST_ZONE, ahead).length === 0;
    })
  );
}

/** What tells the events of a calendar apart, those included that stand for one occurrence of another. */
export const keyOf = ({ uid, recurrenceId }: CalendarEvent) =>
  recurrenceId ? `${uid} ${recurrenceId}` : uid;

/**
 * Of a series, the starts of occurrences that other events of the calendar stand for are left out.
 * @param kin all events of its UID
 */
export function exdatesOf(event: CalendarEvent, kin: readonly CalendarEvent[]): string[] {
  const replaced = kin.flatMap(({ recurrenceId }) => recurrenceId ?? []);
  return event.recurrenceId === null && event.rrule !== null
    ? [...event.exdates, ...replaced]
    : [...event.exdates];
}

function problemOf(
  event: CalendarEvent,
  seen: ReadonlySet<string>,
  kin: readonly CalendarEvent[],
): string | null {
  if (seen.has(keyOf(event))) return 'Another event of the file has the same UID.';
  const orphan = event.recurrenceId !== null && !kin.some(({ rrule }) => rrule !== null);
  return orphan ? 'Its RECURRENCE-ID names an event that recurs, and the file has none of its UID.' : null;
}

/** The events of an iCalendar file. */
export interface OpenedCalendar {
  readonly events: readonly CalendarEvent[];
  /** Those of each UID. */
  readonly kin: ReadonlyMap<string, readonly CalendarEvent[]>;
  /** With the events that cannot be read. */
  readonly problems: readonly CalendarProblem[];
}

/**
 * Reads the events of an iCalendar file for resources in these time zones, or says what is wrong with it as a whole:
 * it has up to 80 KiB, 1,000 events and 20 rules that are slow to follow.
 * @param breathe is waited for between events
 */
export async function openCalendar(
  text: string,
  scopeZones: readonly string[],
  breathe: () => Promise<void>,
): Promise<OpenedCalendar | InvalidInput> {
  const wrong = (message: string) => invalidInput(['input', 'text'], message);
  if (text.trim() === '') return wrong('An iCalendar file begins with BEGIN:VCALENDAR.');
  if (Buffer.byteLength(text) > MOST_BYTES)
    return wrong('A calendar has at most 80 KiB: import a larger one in parts.');
  const blocks = calendarBlocks(text);
  if ('message' in blocks) return wrong(`Line ${blocks.line}: ${blocks.message}`);
  if (blocks.events.length > MOST_EVENTS) return wrong(`A calendar has at most ${MOST_EVENTS} events.`);
  const { events, problems } = await readCalendar(blocks, scopeZones, breathe);
  if (events.filter(({ rrule }) => rrule !== null && SLOW_RULE.test(rrule)).length > MOST_SLOW_RULES)
    return wrong(
      `A calendar has at most ${MOST_SLOW_RULES} rules with BYSETPOS, BYWEEKNO or BYYEARDAY, or DAILY and WEEKLY ones with BYMONTH or BYMONTHDAY.`,
    );
  return { events, kin: Map.groupBy(events, ({ uid }) => uid), problems };
}

/**
 * Reads an iCalendar file as openCalendar does. Its events are checked as any closure is. Lets others have their turn.
 * @param scopeZones the time zones of the resources that it is for
 * @returns the closures and every problem, or the one problem of the file as a whole
 */
export async function planImport(
  text: string,
  scopeZones: readonly string[],
  now: number,
): Promise<ImportPlan | InvalidInput> {
  const breathe = breathing();
  const opened = await openCalendar(text, scopeZones, breathe);
  if ('kind' in opened) return opened;
  const { events, kin, problems: unread } = opened;
  const problems = [...unread];
  const seen = new Set<string>();
  const closures: ImportedClosure[] = [];
  let [pastCount, cancelledCount] = [0, 0];
  for (const event of events) {
    await breathe();
    const like = kin.get(event.uid) ?? [];
    const fields = settleClosure({ ...event, exdates: exdatesOf(event, like) }, []);
    const message = problemOf(event, seen, like) ?? ('kind' in fields ? fields.message : null);
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
