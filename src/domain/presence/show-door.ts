import { type DoorEntry, type DoorRead, readDoor } from '../../sql/presence/read-door.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { Ctx } from '../act.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { addDays, dayStart, localDate } from '../time/local-day.js';
import { type DoorLinks, readToken } from './door-links.js';

/** What hangs at a door: nothing of whose it is or what for. Instants in ISO text, in UTC. */
export interface Door {
  readonly resourceId: string;
  readonly name: string;
  readonly timeZone: string;
  /** TAKEN where nothing is left, CLOSED where it is out of use, out of hours or closed. */
  readonly state: 'FREE' | 'TAKEN' | 'CLOSED';
  /** Until when it is FREE, or from when on it is again, as far as two days show it. */
  readonly until: string | null;
  readonly present: readonly DoorEntry[];
  /** The next three. */
  readonly next: readonly DoorEntry[];
  /** To which of them somebody may check in now. */
  readonly awaited: readonly DoorEntry[];
}

type Parts = Pick<Ctx, 'db' | 'clock'>;

const MOST_NEXT = 3;
const DAYS = 3;
const iso = (ms: number) => new Date(ms).toISOString();

/** All instants at which something may change, from now on, with whether one more finds room then. */
function outlook({ entries, capacity, status }: DoorRead, book: RuleBook, of: Placement, now: number) {
  const today = localDate(now, of.timeZone);
  const days = { from: dayStart(today, of.timeZone), to: dayStart(addDays(today, DAYS), of.timeZone) };
  const open = status === 'ACTIVE' ? book.usableIn(of, days) : [];
  const taken = entries.map(({ occupiedFrom, occupiedTo, quantity }) => ({
    from: Date.parse(occupiedFrom),
    to: Date.parse(occupiedTo),
    quantity,
  }));
  const usedAt = (at: number) =>
    taken.filter(({ from, to }) => from <= at && at < to).reduce((sum, { quantity }) => sum + quantity, 0);
  const stateAt = (at: number): Door['state'] => {
    if (usedAt(at) >= capacity) return 'TAKEN';
    return open.some(({ from, to }) => from <= at && at < to) ? 'FREE' : 'CLOSED';
  };
  const turns = [...open, ...taken].flatMap(({ from, to }) => [from, to]).filter((at) => at > now);
  // Behind the days that were read nothing is known.
  const known = turns.filter((at) => at < days.to).toSorted((a, b) => a - b);
  const state = stateAt(now);
  const changes = known.find((at) => (stateAt(at) === 'FREE') !== (state === 'FREE'));
  return { state, until: changes === undefined ? null : iso(changes) };
}

/** One checks in from the opening on until just before the release. */
const isAwaited = ({ state, checkIn }: DoorEntry, now: number): boolean =>
  state === 'CONFIRMED' && checkIn !== null && Date.parse(checkIn.opensAt) <= now;

/**
 * What is on at the door at which this token hangs, by the clock, for whoever stands before it.
 * @returns null for a token that is none, or none any more
 * @throws Unavailable when the database is away
 */
export async function showDoor({ db, clock }: Parts, links: DoorLinks, token: string): Promise<Door | null> {
  const shown = readToken(token);
  const read = shown && (await readDoor(db, clock.fixed(), shown.resourceId));
  if (!read || !links.isGood(shown, read.turn)) return null;
  const { resourceId } = shown;
  const books = ruleBooksOf(db);
  await books.atLeast(read.bookVersion);
  const { book, placements } = await books.placing([resourceId]);
  const placement = placements.get(resourceId);
  if (!placement) return null;
  const now = Date.parse(read.now);
  const { name, timeZone, entries } = read;
  const begun = ({ startsAt }: DoorEntry) => Date.parse(startsAt) <= now;
  return {
    resourceId,
    name,
    timeZone,
    ...outlook(read, book, placement, now),
    present: entries.filter((entry) => begun(entry) && Date.parse(entry.endsAt) > now),
    next: entries.filter((entry) => !begun(entry)).slice(0, MOST_NEXT),
    awaited: entries.filter((entry) => isAwaited(entry, now)),
  };
}
