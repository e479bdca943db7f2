import type { Placement } from '../../sql/rules/read-placements.js';
import type { ClosureRow, RuleBookRow } from '../../sql/rules/read-rule-book.js';
import { merged, type Stretch, without } from '../time/stretch.js';
import { closedStretches } from './closure.js';
import { type InForce, type RulesOfScope, resolveRules, scopeKey } from './in-force.js';
import { openStretches } from './opening-hours.js';
import type { Buffers, Notice, Rule } from './rule.js';

/** A span of a closure that counts for a resource. */
export interface ClosedStretch extends Stretch {
  readonly closure: ClosureRow;
}

const MOST_REMEMBERED = 20_000;
const NO_ADD_ONS: ReadonlyMap<string, number | null> = new Map();

/**
 * All rules and closures of one version of the book. Nearest is the resource itself, then its type, then its
 * place, the places around that one from the inside out, and at last the organisation.
 */
export class RuleBook {
  readonly version: number;
  /** Whether any rule makes it too late to cancel: most organisations have none. */
  readonly asksForCancelNotice: boolean;
  /** Whether nothing but the usual access decides: no rule and no closure stands anywhere. */
  readonly isBlank: boolean;
  /** The widest buffers that any rule asks for. */
  readonly widestBuffers: Buffers;
  private readonly paths: ReadonlyMap<string, readonly string[]>;
  private readonly rules = new Map<string, RulesOfScope>();
  private readonly closures = new Map<string, ClosureRow[]>();
  /** Every date from which something is new: between two of them nothing changes. */
  private readonly dates: readonly string[];
  private readonly resolved = new Map<string, InForce>();
  private readonly opened = new Map<string, readonly Stretch[]>();
  private readonly parts = new Map<string, string[]>();
  private readonly wholes = new Map<string, string[]>();
  private readonly offered = new Map<string, Map<string, number | null>>();

  constructor(readonly row: RuleBookRow) {
    this.version = row.version;
    this.paths = new Map(row.places.map(({ id, path }) => [id, path]));
    const byDate = [...(row.rules as readonly Rule[])].sort((a, b) =>
      (a.effectiveFrom ?? '') < (b.effectiveFrom ?? '') ? -1 : 1,
    );
    for (const [scope, rules] of Map.groupBy(byDate, scopeKey)) {
      this.rules.set(
        scope,
        Map.groupBy(rules, ({ kind, name }) => `${kind} ${name}`),
      );
    }
    this.asksForCancelNotice = byDate.some(
      ({ kind, settings }) => kind === 'NOTICE' && (settings as Notice | null)?.cancelMinutes != null,
    );
    this.isBlank = byDate.length === 0 && row.closures.length === 0;
    const buffers = byDate.flatMap(({ kind, settings }) =>
      kind === 'BUFFERS' && settings ? (settings as Buffers) : [],
    );
    this.widestBuffers = {
      setupMinutes: Math.max(0, ...buffers.map(({ setupMinutes }) => setupMinutes)),
      teardownMinutes: Math.max(0, ...buffers.map(({ teardownMinutes }) => teardownMinutes)),
    };
    this.dates = [...new Set(byDate.flatMap(({ effectiveFrom }) => effectiveFrom ?? []))];
    for (const closure of row.closures) append(this.closures, scopeKey(closure), closure);
    for (const { wholeId, partId } of row.parts) {
      append(this.parts, wholeId, partId);
      append(this.wholes, partId, wholeId);
    }
    for (const { resourceId, poolId, most } of row.addOns) {
      const pools = this.offered.get(resourceId) ?? new Map<string, number | null>();
      this.offered.set(resourceId, pools.set(poolId, most));
    }
  }

  /** The scopes that hold the resource, the nearest first. */
  private chainOf(of: Placement): string[] {
    const around = this.paths.get(of.placeId) ?? [of.placeId];
    return [of.id, of.typeId, ...around.toReversed(), 'organisation'];
  }

  /** Equal for resources under the same rules: few have any of their own. */
  private groupOf = (of: Placement): string =>
    `${this.rules.has(of.id) ? of.id : ''} ${of.typeId} ${of.placeId}`;

  /** Equal for resources of which all rules and closures say the same, buffers of their own aside. */
  kinOf = (of: Placement): string =>
    `${this.groupOf(of)} ${this.closures.has(of.id) ? of.id : ''} ${of.timeZone}`;

  /** The rules for a resource on a local date of its zone. */
  inForce(of: Placement, date: string): InForce {
    const epoch = this.dates.findLast((from) => from <= date) ?? '';
    const key = `${this.groupOf(of)} ${epoch}`;
    const known = this.resolved.get(key);
    if (known) return known;
    const scopes = this.chainOf(of).map((scope) => this.rules.get(scope));
    return remember(this.resolved, key, resolveRules(scopes, date));
  }

  /** What a reservation that starts on that local date keeps free around it: the resource's own, else the rule's. */
  buffersOf(of: Placement, date: string): Buffers {
    const rule = this.inForce(of, date).buffers?.settings;
    return {
      setupMinutes: of.setupMinutes ?? rule?.setupMinutes ?? 0,
      teardownMinutes: of.teardownMinutes ?? rule?.teardownMinutes ?? 0,
    };
  }

  /** When it is open within the bounds, by hours alone; remembered, so ask for bounds that come again. */
  openIn(of: Placement, bounds: Stretch): readonly Stretch[] {
    const key = `${this.groupOf(of)} ${of.timeZone} ${bounds.from} ${bounds.to}`;
    const known = this.opened.get(key);
    if (known) return known;
    const hoursOn = (date: string) => this.inForce(of, date).hours?.settings ?? null;
    return remember(this.opened, key, openStretches(hoursOn, of.timeZone, bounds));
  }

  /** Every closure that meets the bounds, by start. */
  closedIn(of: Placement, bounds: Stretch): ClosedStretch[] {
    if (this.closures.size === 0) return [];
    return this.chainOf(of)
      .flatMap((scope) => this.closures.get(scope) ?? [])
      .flatMap((closure) => closedStretches(closure, of.timeZone, bounds))
      .sort((a, b) => a.from - b.from);
  }

  /** When it is open and not closed. */
  usableIn(of: Placement, bounds: Stretch): Stretch[] {
    return without(this.openIn(of, bounds), merged(this.closedIn(of, bounds)));
  }

  /** All resources, near and far, that the whole is divided into. */
  partsOf = (wholeId: string): readonly string[] => this.parts.get(wholeId) ?? [];

  /** All resources of which it is a part. */
  wholesOf = (partId: string): readonly string[] => this.wholes.get(partId) ?? [];

  /** The pools that may be added to a reservation of the resource, with how many at most (null: no limit of its own). */
  addOnsOf = (resourceId: string): ReadonlyMap<string, number | null> =>
    this.offered.get(resourceId) ?? NO_ADD_ONS;
}

function remember<Value>(memory: Map<string, Value>, key: string, value: Value): Value {
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  memory.set(key, value);
  return value;
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
