import type { OutlookRow } from '../../sql/availability/read-outlook.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { UsedSpan } from '../../sql/rules/read-usage.js';
import { type Case, occupiedBy, type Parties } from '../decisions/case.js';
import { judgeRules } from '../decisions/decide.js';
import { casesOf } from '../decisions/docket.js';
import { judgeAddOns } from '../decisions/judge-add-ons.js';
import { judgeQuotas } from '../decisions/judge-quotas.js';
import { judgeOver } from '../decisions/judge-window.js';
import { quotaCounts } from '../decisions/quota.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { addDays, dayStart, localDate } from '../time/local-day.js';
import { merged, type Stretch, without } from '../time/stretch.js';
import type { Window } from '../time/window.js';
import { Candidate } from './candidate.js';

/** A start that a reservation has already on some of its resources: notice does not count again there. */
export interface KeptStart {
  readonly startsAt: number;
  readonly resourceIds: readonly string[];
}

export interface InquiryFacts {
  readonly book: RuleBook;
  /** The instant of the reading, in ms since 1970. */
  readonly now: number;
  /** Whose reservation it would be; one of the parties. */
  readonly ownerId: string;
  readonly parties: Parties;
  readonly resources: readonly OutlookRow[];
  /** In which all windows lie; ms since 1970. */
  readonly within: Stretch;
  /** What is used of each quota that may count, by its key. */
  readonly usage: ReadonlyMap<string, readonly UsedSpan[]>;
  readonly kept: KeptStart | null;
}

const MOST_VERDICTS = 50_000;

/** What would pass, asked of the engine for many windows and resources, on facts that were read once. */
export class Inquiry {
  readonly now: number;
  readonly book: RuleBook;
  private readonly placements: ReadonlyMap<string, OutlookRow>;
  private readonly candidates = new Map<string, Candidate>();
  private readonly usable = new Map<string, readonly Stretch[]>();
  private readonly verdicts = new Map<string, boolean>();

  constructor(private readonly facts: InquiryFacts) {
    this.now = facts.now;
    this.book = facts.book;
    this.placements = new Map(facts.resources.map((resource) => [resource.id, resource]));
  }

  /** The resource, asked for in that quantity; null where it is unknown or not active. */
  candidate(resourceId: string, quantity: number): Candidate | null {
    const of = this.placements.get(resourceId);
    if (!of?.active) return null;
    const key = `${resourceId} ${quantity}`;
    const known = this.candidates.get(key);
    if (known) return known;
    const kin = this.book.kinOf(of);
    const usable = this.usable.get(kin) ?? this.usableOf(of);
    this.usable.set(kin, usable);
    const candidate = new Candidate(of, quantity, kin, usable);
    this.candidates.set(key, candidate);
    return candidate;
  }

  /** Where it is worth asking at all: a quick look before the engine is asked. */
  private usableOf(of: Placement): Stretch[] {
    const { book } = this;
    const { parties, within } = this.facts;
    const days = {
      from: dayStart(localDate(within.from, of.timeZone), of.timeZone),
      to: dayStart(addDays(localDate(within.to, of.timeZone), 1), of.timeZone),
    };
    const isExempt = book.row.rules.some(
      ({ kind, exemptRoles }) => kind === 'OPENING_HOURS' && exemptRoles.includes(parties.actorRole),
    );
    return isExempt ? without([days], merged(book.closedIn(of, days))) : book.usableIn(of, days);
  }

  /** The resource as it was read, whether active or not. */
  resource(id: string): OutlookRow | undefined {
    return this.placements.get(id);
  }

  /** Whether the two cannot be in one reservation: the same resource, or a whole and its part. */
  areApart({ of: a }: Candidate, { of: b }: Candidate): boolean {
    return a.id === b.id || this.book.partsOf(a.id).includes(b.id) || this.book.wholesOf(a.id).includes(b.id);
  }

  /** Whether nothing speaks against the one resource, add-ons and quotas aside. */
  passesAlone(candidate: Candidate, window: Window): boolean {
    const span = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
    if (!candidate.hasRoom(span) || !candidate.isUsable(span)) return false;
    if (!this.rulesAllow(candidate, window)) return false;
    if (this.isBufferless(candidate)) return true;
    const [at] = this.casesOf([candidate], window);
    return at !== undefined && candidate.hasRoom(occupiedBy(at));
  }

  /** Whether the engine would accept the reservation of all of them. */
  passesTogether(candidates: readonly Candidate[], window: Window): boolean {
    if (!candidates.every((candidate) => this.passesAlone(candidate, window))) return false;
    const cases = this.casesOf(candidates, window);
    // Together they may occupy more than each by itself.
    if (!cases.every((at, index) => candidates[index]?.hasRoom(occupiedBy(at)))) return false;
    if (judgeAddOns(cases).length > 0) return false;
    const counts = quotaCounts(cases);
    if (counts.length === 0) return true;
    const usage = counts.map(({ key }) => this.facts.usage.get(key) ?? []);
    return judgeQuotas(counts, usage).length === 0;
  }

  /** Then it occupies its window alone, and so has room already. */
  private isBufferless({ of }: Candidate): boolean {
    const { setupMinutes, teardownMinutes } = this.book.widestBuffers;
    return !(of.setupMinutes ?? setupMinutes) && !(of.teardownMinutes ?? teardownMinutes);
  }

  /** What the rules say, remembered for all resources under the same ones. */
  private rulesAllow(candidate: Candidate, window: Window): boolean {
    const { of } = candidate;
    const keeps = this.keepsStart(of.id, window);
    const key = `${candidate.kin} ${+window.startsAt} ${+window.endsAt} ${keeps}`;
    const known = this.verdicts.get(key);
    if (known !== undefined) return known;
    const cases = this.casesOf([candidate], window);
    const allowed = judgeOver(cases).length === 0 && cases.flatMap(judgeRules).length === 0;
    if (this.verdicts.size >= MOST_VERDICTS) this.verdicts.clear();
    this.verdicts.set(key, allowed);
    return allowed;
  }

  /** How many are left for a reservation in that window, its buffers included. */
  freeQuantity(candidate: Candidate, window: Window): number {
    const [at] = this.casesOf([candidate], window);
    return at ? candidate.left(occupiedBy(at)) : 0;
  }

  /** The reservation of all of them as the engine judges it. */
  casesOf(candidates: readonly Candidate[], window: Window): readonly Case[] {
    const { book, ownerId, parties } = this.facts;
    const { placements } = this;
    const wishes = candidates.map(({ of, quantity }) => {
      return { resourceId: of.id, quantity, window, ownerId, keepsStart: this.keepsStart(of.id, window) };
    });
    return casesOf(wishes, { book, placements, parties }, this.now);
  }

  private keepsStart(resourceId: string, { startsAt }: Window): boolean {
    const { kept } = this.facts;
    return kept !== null && kept.startsAt === startsAt.getTime() && kept.resourceIds.includes(resourceId);
  }
}
