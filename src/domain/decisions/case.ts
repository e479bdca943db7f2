import type { PersonFacts } from '../../sql/people/read-people.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { Role } from '../act.js';
import type { InForce } from '../schedules/in-force.js';
import type { Buffers, Rule } from '../schedules/rule.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { localDate } from '../time/local-day.js';
import type { Stretch } from '../time/stretch.js';
import type { Window } from '../time/window.js';

/** What somebody wants of one resource. */
export interface Wish {
  readonly resourceId: string;
  readonly window: Window;
  readonly quantity: number;
  /** Whose reservation it would be. */
  readonly ownerId: string;
  /** The reservation has this start already: notice does not count again. */
  readonly keepsStart: boolean;
  /** The window in which it stands there already: inside of it hours and closures do not count again. */
  readonly had?: Window;
  /** The terms that this request accepts, where it is so far that they count; left out: nobody is asked for them. */
  readonly accepts?: readonly string[];
}

/** Whom the rules look at: who acts, whose role may be exempt, and the owners by their ids. */
export interface Parties {
  readonly actorRole: Role;
  readonly owners: ReadonlyMap<string, PersonFacts>;
  /** Terms that who acts has accepted before, as far as they matter. */
  readonly accepted?: ReadonlySet<string>;
}

/** One wish, seen under the rules that count for it: what every judge looks at. */
export interface Case extends Omit<Wish, 'resourceId' | 'ownerId'> {
  readonly book: RuleBook;
  readonly of: Placement;
  /** Resources of the same reservation that share parts with it: together they occupy one span. */
  readonly beside: readonly Placement[];
  /** The rules on the local date of the start. */
  readonly rules: InForce;
  readonly buffers: Buffers;
  readonly now: number;
  /** Whose exemptions count: see exemptRole. */
  readonly actorRole: Role;
  readonly owner: PersonFacts;
  readonly accepted?: ReadonlySet<string>;
}

/**
 * Whose role may be exempt from rules: managers and administrators act by their own, and everybody else who acts for
 * somebody is judged as they are.
 */
export const exemptRole = (actorRole: Role, ownerRole: Role): Role =>
  actorRole === 'MANAGER' || actorRole === 'ADMINISTRATOR' ? actorRole : ownerRole;

/** The case of a wish, under this version of the book. */
export function openCase(
  wish: Wish,
  book: RuleBook,
  of: Placement,
  beside: readonly Placement[],
  now: number,
  parties: Parties,
): Case {
  const { window, quantity, keepsStart, had, accepts } = wish;
  const owner = parties.owners.get(wish.ownerId);
  if (!owner) throw new Error(`nobody has read the owner ${wish.ownerId}`);
  const { accepted } = parties;
  const actorRole = exemptRole(parties.actorRole, owner.role);
  const rules = rulesAt(book, of, beside, window);
  const stays = { ...(had && { had }), ...(accepts && { accepts }), ...(accepted && { accepted }) };
  return { window, quantity, keepsStart, ...stays, book, of, beside, now, actorRole, owner, ...rules };
}

/** The same wish for another window of time. */
export const moved = (at: Case, window: Window): Case => ({
  ...at,
  window,
  keepsStart: false,
  ...rulesAt(at.book, at.of, at.beside, window),
});

/** The rules of the day, and its buffers: as wide as the widest of what shares parts with it. */
function rulesAt(book: RuleBook, of: Placement, beside: readonly Placement[], window: Window) {
  const dateFor = ({ timeZone }: Placement) => localDate(window.startsAt.getTime(), timeZone);
  const date = dateFor(of);
  const own = book.buffersOf(of, date);
  const buffers = beside
    .map((each) => book.buffersOf(each, dateFor(each)))
    .reduce(
      (widest, each): Buffers => ({
        setupMinutes: Math.max(widest.setupMinutes, each.setupMinutes),
        teardownMinutes: Math.max(widest.teardownMinutes, each.teardownMinutes),
      }),
      own,
    );
  return { rules: book.inForce(of, date), buffers };
}

/** The rule, where it binds: null where there is none, or who acts is exempt from it. */
export const binding = <R extends Rule>(rule: R | null, actorRole: Role): R | null =>
  rule && !rule.exemptRoles.includes(actorRole) ? rule : null;

const MINUTE = 60_000;

/** What the wish would occupy: the window with today's buffers (O3). */
export const occupiedBy = ({ window, buffers }: Pick<Case, 'window' | 'buffers'>): Stretch => ({
  from: window.startsAt.getTime() - buffers.setupMinutes * MINUTE,
  to: window.endsAt.getTime() + buffers.teardownMinutes * MINUTE,
});
