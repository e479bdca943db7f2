import type { Placement } from '../../sql/rules/read-placements.js';
import type { ClosureRow, RuleBookRow, RuleScope } from '../../sql/rules/read-rule-book.js';
import { addDays, dayStart, localDate } from '../time/local-day.js';
import { merged, type Stretch, without } from '../time/stretch.js';
import { closedStretches } from './closure.js';
import { type InForce, isSame, type RulesOfScope, resolveRules, scopeKey } from './in-force.js';
import { openStretches } from './opening-hours.js';
import type { Buffers, Notice, Rule, Standing } from './rule.js';

/** A span of a closure that counts for a resource. */
export interface ClosedStretch extends Stretch {
  readonly closure: ClosureRow;
}

/** Resources under the same rules in the same zone share what is worked out for one of them. */
interface Neighbours {
  readonly kin: string;
  /** The scopes that hold them, the nearest first. */
  readonly chain: readonly string[];
  /** Of a whole: what closes one of them closes it. */
  readonly parts: readonly string[];
  /** By the number of dates that have passed. */
  readonly inForce: InForce[];
  quotas?: readonly Standing<'QUOTA'>[];
  readonly opened: Map<string, readonly Stretch[]>;
  readonly closed: Map<string, readonly ClosedStretch[]>;
}

const MOST_REMEMBERED = 1_000;
const NO_ADD_ONS: ReadonlyMap<string, number | null> = new Map();

/**
 * All rules and closures of one version of the book. Nearest is the resource itself, then its type, then its
 * place, the places around that one from the inside out, and at last the organisation.
 */
export class RuleBook {
  readonly version: number;
  /** Whether any rule makes it too late to cancel: most organisations have none. */
  readonly asksForCancelNotice: boolean;
  /** Whether any reservation must be approved. */
  readonly asksForApproval: boolean;
  /** Whether any terms must be accepted. */
  readonly asksForTerms: boolean;
  readonly hasHours: boolean;
  readonly hasClosures: boolean;
  /** Whether nothing but the usual access decides: no rule and no closure stands anywhere. */
  readonly isBlank: boolean;
  /** The widest buffers that any rule asks for. */
  readonly widestBuffers: Buffers;
  private readonly paths: ReadonlyMap<string, readonly string[]>;
  private readonly rules = new Map<string, RulesOfScope>();
  private readonly closures = new Map<string, ClosureRow[]>();
  /** Every date from which something is new: between two of them nothing changes. */
  private readonly dates: readonly string[];
  private readonly neighboursOf = new WeakMap<Placement, Neighbours>();
  private readonly neighbours = new Map<string, Neighbours>();
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
    this.asksForApproval = byDate.some(({ kind, settings }) => kind === 'APPROVAL' && settings !== null);
    this.asksForTerms = byDate.some(({ kind, settings }) => kind === 'TERMS' && settings !== null);
    this.hasHours = byDate.some(({ kind }) => kind === 'OPENING_HOURS');
    this.hasClosures = row.closures.length > 0;
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

  private near(of: Placement): Neighbours {
    const known = this.neighboursOf.get(of);
    if (known) return known;
    const parts = this.partsOf(of.id);
    const isOwn = this.rules.has(of.id) || [of.id, ...parts].some((id) => this.closures.has(id));
    const own = isOwn ? of.id : '';
    const kin = `${own} ${of.typeId} ${of.placeId} ${of.timeZone}`;
    const around = this.paths.get(of.placeId) ?? [of.placeId];
    const chain = [of.id, of.typeId, ...around.toReversed(), 'organisation'];
    const fresh = () => ({ kin, chain, parts, inForce: [], opened: new Map(), closed: new Map() });
    const shared = this.neighbours.get(kin) ?? fresh();
    this.neighbours.set(kin, shared);
    this.neighboursOf.set(of, shared);
    return shared;
  }

  /** The bounds, cut at each local midnight from which other rules count. */
  sectionsIn(of: Placement, bounds: Stretch): Stretch[] {
    const last = localDate(bounds.to - 1, of.timeZone);
    const cuts = this.dates
      .filter((date) => date <= last && !isSame(this.inForce(of, addDays(date, -1)), this.inForce(of, date)))
      .map((date) => dayStart(date, of.timeZone))
      .filter((at) => at > bounds.from);
    return [bounds.from, ...cuts].map((from, index) => ({ from, to: cuts[index] ?? bounds.to }));
  }

  /** Equal for resources of which all rules and closures say the same, buffers of their own aside. */
  kinOf = (of: Placement): string => this.near(of).kin;

  /** The rules for a resource on a local date of its zone. */
  inForce(of: Placement, date: string): InForce {
    const { chain, inForce } = this.near(of);
    const epoch = this.dates.findLastIndex((from) => from <= date) + 1;
    inForce[epoch] ??= resolveRules(
      chain.map((scope) => this.rules.get(scope)),
      date,
    );
    return inForce[epoch];
  }

  /** Every version of every quota that ever counts for the resource, of whatever scope. */
  quotasOf(of: Placement): readonly Standing<'QUOTA'>[] {
    const near = this.near(of);
    near.quotas ??= near.chain
      .flatMap((scope) => [...(this.rules.get(scope)?.values() ?? [])].flat())
      .filter((rule): rule is Standing<'QUOTA'> => rule.kind === 'QUOTA' && rule.settings !== null);
    return near.quotas;
  }

  /** Whether the resource belongs to the scope: is it, is of its type, or stands at its place or below. */
  isIn = (scope: RuleScope, of: Placement): boolean =>
    scope.resourceId === null ? this.near(of).chain.includes(scopeKey(scope)) : scope.resourceId === of.id;

  /** What a reservation that starts on that local date keeps free around it: the resource's own, else the rule's. */
  buffersOf(of: Placement, date: string): Buffers {
    const rule = this.inForce(of, date).buffers?.settings;
    return {
      setupMinutes: of.setupMinutes ?? rule?.setupMinutes ?? 0,
      teardownMinutes: of.teardownMinutes ?? rule?.teardownMinutes ?? 0,
    };
  }

  /** When it is open within the bounds, by hours alone; remembered, so ask for whole days, which come again. */
  openIn(of: Placement, bounds: Stretch): readonly Stretch[] {
    const hoursOn = (date: string) => this.inForce(of, date).hours?.settings ?? null;
    return remembered(this.near(of).opened, bounds, () => openStretches(hoursOn, of.timeZone, bounds));
  }

  /** Every closure that counts for the resource, whenever it is: one of a part closes the whole. */
  closuresOf(of: Placement): readonly ClosureRow[] {
    const { parts, chain } = this.near(of);
    return [...parts, ...chain].flatMap((scope) => this.closures.get(scope) ?? []);
  }

  /** Every closure that meets the bounds, by start; remembered like opening hours. */
  closedIn(of: Placement, bounds: Stretch): readonly ClosedStretch[] {
    if (this.closures.size === 0) return [];
    return remembered(this.near(of).closed, bounds, () =>
      this.closuresOf(of)
        .flatMap((closure) => closedStretches(closure, of.timeZone, bounds))
        .sort((a, b) => a.from - b.from),
    );
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

function remembered<Value>(memory: Map<string, Value>, { from, to }: Stretch, make: () => Value): Value {
  const key = `${from} ${to}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  const made = make();
  memory.set(key, made);
  return made;
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
