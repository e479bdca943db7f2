import type { PersonFacts } from '../../sql/people/read-people.js';
import type { Role } from '../act.js';
import type { RuleBook } from '../schedules/rule-book.js';
import type { Stretch } from '../time/stretch.js';
import type { ColourSpan } from './colour.js';

/** A span as it would be if nothing were reserved, with the buffers that a reservation in it has. */
export interface Tint extends ColourSpan {
  readonly setupMs: number;
  readonly teardownMs: number;
}

/** Who looks at which window, when and by which rules. Whoever looks is taken as the owner of what they might reserve. */
export interface Sight {
  readonly book: RuleBook;
  readonly window: Stretch;
  /** In ms since 1970. */
  readonly now: number;
  readonly actorRole: Role;
  readonly owner: PersonFacts;
  /** What the rules alone say, by the kin of resources for which they say the same. */
  readonly tints: Map<string, readonly Tint[]>;
}
