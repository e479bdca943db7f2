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
}

/** Whom the rules look at: who acts, whose role may be exempt, and the owners by their ids. */
export interface Parties {
  readonly actorRole: Role;
  readonly owners: ReadonlyMap<string, PersonFacts>;
}

/** One wish, seen under the rules that count for it: what every judge looks at. */
export interface Case extends Omit<Wish, 'resourceId' | 'ownerId'> {
  readonly book: RuleBook;
  readonly of: Placement;
  /** Resources of the same reservation that share parts with it: together they occupy one span. */
  readonly beside: readonly Placement[];
  /** The rules on the local date of the start. */
  readonly rules: InForce;
  readonly now: number;
  readonly actorRole: Role;
  readonly owner: PersonFacts;
}

/** The case of a wish, under this version of the book. */
export function openCase(
  wish: Wish,
  book: RuleBook,
  of: Placement,
  beside: readonly Placement[],
  now: number,
  parties: Parties,
): Case {
  const { resourceId: _resourceId, ownerId, ...rest } = wish;
  const owner = parties.owners.get(ownerId);
  if (!owner) throw new Error(`nobody has read the owner ${ownerId}`);
  const rules = book.inForce(of, localDate(wish.window.startsAt.getTime(), of.timeZone));
  return { ...rest, book, of, beside, rules, now, actorRole: parties.actorRole, owner };
}

/** The rule, where it binds: null where there is none, or who acts is exempt from it. */
export const binding = <R extends Rule>(rule: R | null, actorRole: Role): R | null =>
  rule && !rule.exemptRoles.includes(actorRole) ? rule : null;

type Placed = Pick<Case, 'book' | 'of' | 'beside' | 'window'>;

/** The buffers of the day, as wide as the widest of what shares parts with it. */
export function buffersOf({ book, of, beside, window }: Placed): Buffers {
  const on = (each: Placement) => book.buffersOf(each, localDate(window.startsAt.getTime(), each.timeZone));
  if (beside.length === 0) return on(of);
  const all = [of, ...beside].map(on);
  return {
    setupMinutes: Math.max(...all.map(({ setupMinutes }) => setupMinutes)),
    teardownMinutes: Math.max(...all.map(({ teardownMinutes }) => teardownMinutes)),
  };
}

const MINUTE = 60_000;

/** What the wish would occupy: the window with today's buffers (O3). */
export function occupiedBy(at: Placed): Stretch {
  const { setupMinutes, teardownMinutes } = buffersOf(at);
  return {
    from: at.window.startsAt.getTime() - setupMinutes * MINUTE,
    to: at.window.endsAt.getTime() + teardownMinutes * MINUTE,
  };
}
