import type { Role } from '../../domain/act.js';
import { type Queryable, statement } from '../statement.js';

/** For what a rule or a closure is made: one of the three, or with none of them the whole organisation. */
export interface RuleScope {
  readonly resourceId: string | null;
  readonly typeId: string | null;
  readonly placeId: string | null;
}

/** A rule as PostgreSQL keeps it; the room of schedules knows what its settings mean. */
export interface RuleRow extends RuleScope {
  readonly id: string;
  readonly kind: string;
  /** Tells quotas apart; empty for every other kind. */
  readonly name: string;
  /** The first local date on which it counts; null: always did. */
  readonly effectiveFrom: string | null;
  /** Who is not bound by it. */
  readonly exemptRoles: readonly Role[];
  /** Null: from that date on no such rule stands here, and the next farther one counts. */
  readonly settings: object | null;
  readonly version: number;
}

/** A closure: once, or by a rule of recurrence, as wall-clock times in each resource's own zone (T4). */
export interface ClosureRow extends RuleScope {
  readonly id: string;
  readonly title: string;
  /** `2026-12-24T00:00:00.000`, and its end, exclusive. */
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly rrule: string | null;
  readonly exdates: readonly string[];
  readonly version: number;
}

/** Everything that decisions read beside reservations and people, as of one version. */
export interface RuleBookRow {
  readonly version: number;
  readonly rules: readonly RuleRow[];
  readonly closures: readonly ClosureRow[];
  /** Of each place, the places from the root down to itself. */
  readonly places: readonly { readonly id: string; readonly path: readonly string[] }[];
  readonly parts: readonly { readonly wholeId: string; readonly partId: string }[];
  readonly addOns: readonly {
    readonly resourceId: string;
    readonly poolId: string;
    readonly most: number | null;
  }[];
}

/** SQL for the number of the book; statements that read by the book return it, or refuse when it has moved on. */
export const BOOK_VERSION = '(select version from rule_book)';

/** SQL that prints a row of `rule` with alias `r` as a RuleRow. */
export const ruleJson = (r: string): string => `json_build_object(
  'id', ${r}.id, 'kind', ${r}.kind, 'name', ${r}.name, 'resourceId', ${r}.resource_id, 'typeId', ${r}.type_id,
  'placeId', ${r}.place_id, 'effectiveFrom', ${r}.effective_from, 'exemptRoles', ${r}.exempt_roles,
  'settings', ${r}.settings, 'version', ${r}.version)`;

/** SQL that prints a row of `closure` with alias `c` as a ClosureRow, with more pairs where they are given. */
export const closureJson = (c: string, more = ''): string => `json_build_object(
  'id', ${c}.id, 'title', ${c}.title, 'resourceId', ${c}.resource_id, 'typeId', ${c}.type_id,
  'placeId', ${c}.place_id, 'startsLocal', to_char(${c}.starts_local, 'YYYY-MM-DD"T"HH24:MI:SS.MS'),
  'endsLocal', to_char(${c}.ends_local, 'YYYY-MM-DD"T"HH24:MI:SS.MS'), 'rrule', ${c}.rrule,
  'exdates', ${c}.exdates, 'version', ${c}.version${more})`;

const READ = statement<{ book: RuleBookRow }>(
  'read-rule-book',
  `select json_build_object(
    'version', ${BOOK_VERSION},
    'rules', (select coalesce(json_agg(${ruleJson('r')}), '[]') from rule r),
    'closures', (select coalesce(json_agg(${closureJson('c')} order by c.starts_local, c.id), '[]') from closure c),
    'places', (select coalesce(json_agg(json_build_object('id', p.id, 'path', p.path)), '[]') from place p),
    'parts', (select coalesce(json_agg(json_build_object('wholeId', l.whole_id, 'partId', l.part_id)), '[]')
      from resource_part l),
    'addOns', (select coalesce(json_agg(json_build_object('resourceId', a.resource_id, 'poolId', a.pool_id,
      'most', a.most)), '[]') from resource_add_on a)) as book`,
);

/** Reads the whole book in one snapshot. It holds hundreds of rows, thousands at most. */
export async function readRuleBook(on: Queryable): Promise<RuleBookRow> {
  const [row] = await on.query(READ, []);
  return (row as { book: RuleBookRow }).book;
}
