import type { Visibility } from '../../sql/reservations/reservation-json.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkWords } from '../reservations/check-request.js';
import type { CalendarEvent, CalendarProblem } from '../schedules/ical-closures.js';
import { keyOf, openCalendar } from '../schedules/plan-import.js';
import { checkText } from '../text.js';
import { breathing } from '../time/breathing.js';
import type { Window } from '../time/window.js';
import { MOST_WINDOWS, UNTITLED, windowsOf } from './event-windows.js';

/** One window that a calendar asks for: an event, or one occurrence of an event that recurs. */
export interface WantedEvent extends Window {
  readonly line: number;
  /** What a second import knows it by: the UID of the event, and which occurrence it is. */
  readonly uid: string;
  readonly title: string;
  readonly details: string;
  readonly visibility: Visibility;
}

/** What a calendar asks for. */
export interface WantedEvents {
  /** By start. */
  readonly events: readonly WantedEvent[];
  /** Events that are over, with all occurrences, and events that the calendar itself calls cancelled. */
  readonly pastCount: number;
  readonly cancelledCount: number;
  /** By line; their events are not among those above. */
  readonly problems: readonly CalendarProblem[];
}

const MOST_UID = 500;
const TWICE = 'Another event of the file has the same UID.';

/** What one event asks for. Of an event that recurs each occurrence has a name of its own. */
function wantedOf(
  event: CalendarEvent,
  kin: readonly CalendarEvent[],
  timeZone: string,
  now: number,
): { readonly wanted: readonly WantedEvent[]; readonly problem: string | null } {
  const { line, uid, details } = event;
  const visibility: Visibility = event.isPrivate ? 'PRIVATE' : 'PUBLIC';
  const title = event.title.trim() || UNTITLED;
  const invalid = checkWords(title, details) ?? checkText(uid, [], 1, MOST_UID);
  if (invalid) return { wanted: [], problem: invalid.message };
  const { windows, problem } = windowsOf(event, kin, timeZone, now);
  const wanted = windows.map(({ startsAt, endsAt, occurrence }) => {
    const named = occurrence ? `${uid} ${occurrence}` : uid;
    return { line, uid: named, title, details, visibility, startsAt, endsAt };
  });
  return { wanted, problem };
}

/**
 * Reads what an iCalendar file asks for as openCalendar does, up to 500 windows that are not over. Occurrences of an
 * event that recurs are windows of their own, less those that other events of the file stand for. Lets others have
 * their turn, and reads no farther once there are too many.
 * @param timeZone that of the resource: whole days and floating times are read by its clocks
 * @returns the windows and every problem, or the one problem of the file as a whole
 */
export async function planEvents(
  text: string,
  timeZone: string,
  now: number,
): Promise<WantedEvents | InvalidInput> {
  const breathe = breathing();
  const calendar = await openCalendar(text, [timeZone], breathe);
  if ('kind' in calendar) return calendar;
  const problems = [...calendar.problems];
  const [seen, names] = [new Set<string>(), new Set<string>()];
  const events: WantedEvent[] = [];
  let [found, pastCount, cancelledCount] = [0, 0, 0];
  for (const event of calendar.events) {
    await breathe();
    const { line, uid } = event;
    const isTwice = seen.has(keyOf(event));
    seen.add(keyOf(event));
    if (event.isCancelled) {
      cancelledCount++;
      continue;
    }
    const { wanted, problem } = isTwice
      ? { wanted: [], problem: TWICE }
      : wantedOf(event, calendar.kin.get(uid) ?? [], timeZone, now);
    // Those of a wrong event have taken their time too.
    found += wanted.length;
    if (found > MOST_WINDOWS) {
      const message = `Line ${line}: with this event there are more than ${MOST_WINDOWS} reservations to import at once.`;
      return invalidInput(['input', 'text'], message);
    }
    // The name of an occurrence may be the UID of another event.
    const message = problem ?? (wanted.some((each) => names.has(each.uid)) ? TWICE : null);
    if (message !== null) problems.push({ line, uid, message });
    else if (wanted.length === 0) pastCount++;
    else {
      events.push(...wanted);
      for (const each of wanted) names.add(each.uid);
    }
  }
  problems.sort((a, b) => a.line - b.line);
  events.sort((a, b) => +a.startsAt - +b.startsAt);
  return { events, pastCount, cancelledCount, problems };
}
