import type { DirectoryPerson } from '../../ports/directory.js';
import { countLinked, type LinkedRow, linkedPage, linkedPeople } from '../../sql/directory/linked-people.js';
import { SQLSTATE, sqlstateOf } from '../../sql/sqlstate.js';
import type { Queryable } from '../../sql/statement.js';
import type { Ctx } from '../act.js';
import { admitDirectoryPerson } from '../users/admit-directory-person.js';
import { applyDirectoryFacts } from '../users/apply-directory-facts.js';
import type { DirectoryFacts } from '../users/directory-facts.js';
import { type DirectorySignIn, groupMatcher } from './directory-rules.js';
import { type ChangeKind, changesOf, decidedGroups, factsFrom, isLoss } from './directory-wish.js';
import { type SyncReport, SyncTally } from './sync-report.js';

export interface SyncSettings {
  /** Of the open accounts that are the directory's, how many may lose something at once; one always may. */
  readonly mostLossesPercent: number;
  /** Makes accounts of people who have not signed in yet. */
  readonly createsPeople: boolean;
}

export interface SyncOrder {
  /** Writes nothing and tells what would be written. */
  readonly dryRun: boolean;
  /** Takes away from however many people. */
  readonly acceptLosses: boolean;
}

/** Called at the beginning of each transaction: throws where somebody else has taken over. */
export type Tenure = (tx: Queryable) => Promise<void>;

const PAGE = 1_000;

/**
 * Makes every account that is the directory's what the directory says of its person, and no other account anything.
 * What gives something is applied page by page. What takes something away waits until everybody was read, is refused
 * as a whole where too many would lose something or the directory has named nobody, and is otherwise asked for again,
 * person by person, before it is believed: an answer that was cut short harms nobody.
 */
export class DirectorySync {
  private readonly tally = new SyncTally();
  /** The directory's ids of all that it has shown. */
  private readonly seen = new Set<string>();
  /** Of those who would lose something; no more than may. */
  private readonly losers: string[] = [];
  private decided: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly ctx: Ctx,
    private readonly rules: DirectorySignIn,
    private readonly settings: SyncSettings,
    private readonly order: SyncOrder,
    private readonly tenure: Tenure,
  ) {}

  /**
   * Runs once; a new sync is a new object.
   * @throws Unavailable when the directory or the database does not answer; what was applied till then stays
   */
  async run(): Promise<SyncReport> {
    const { ctx, rules, settings, tally } = this;
    const { roleGroups, memberGroups, directory } = rules;
    this.decided = await decidedGroups(ctx.db, rules);
    tally.unknownGroups = memberGroups.map(({ name }) => name).filter((name) => !this.decided.has(name));
    tally.linked = await countLinked(ctx.db);
    tally.mostLosses = Math.max(1, Math.floor((tally.linked * settings.mostLossesPercent) / 100));
    const named = [...roleGroups, ...memberGroups];
    const isWanted = named.length > 0 ? groupMatcher(named) : null;
    await directory.readPeople(isWanted, (page) => this.take(page));
    tally.people = this.seen.size;
    await this.findAbsent();
    tally.refusal = this.refusal();
    if (tally.refusal === null) for (const id of this.losers) await this.lose(id);
    return tally.report();
  }

  private refusal(): string | null {
    const { losses, mostLosses, people, linked } = this.tally;
    if (losses === 0) return null;
    if (people === 0) return 'The directory names nobody at all.';
    if (losses <= mostLosses || this.order.acceptLosses) return null;
    return `${losses} of ${linked} people would lose their account, a role or a group; at most ${mostLosses} may at once.`;
  }

  private async take(page: readonly DirectoryPerson[]): Promise<void> {
    const facts = page
      .map((person) => factsFrom(person, this.rules, this.decided))
      .filter(({ externalId }) => !this.seen.has(externalId));
    for (const { externalId } of facts) this.seen.add(externalId);
    const rows = new Map((await this.known(facts)).map((row) => [row.externalId, row]));
    for (const each of facts) {
      const row = rows.get(each.externalId);
      if (row) await this.judge(each, row);
    }
  }

  private known(people: readonly Pick<DirectoryFacts, 'externalId' | 'email'>[]): Promise<LinkedRow[]> {
    return linkedPeople(this.ctx.db, people, [...this.decided.values()]);
  }

  private async judge(facts: DirectoryFacts, row: LinkedRow): Promise<void> {
    if (!row.user) return this.welcome(facts, row);
    const kinds = changesOf(row.user, facts, row.isAddressTaken);
    if (isLoss(kinds)) this.note(facts.externalId);
    else if (kinds.length > 0) await this.apply(facts, row.user, row.isAddressTaken, kinds);
  }

  private note(externalId: string): void {
    this.tally.losses++;
    if (this.order.acceptLosses || this.tally.losses <= this.tally.mostLosses) this.losers.push(externalId);
  }

  private async findAbsent(): Promise<void> {
    for (let after: string | null = null; ; ) {
      const page: { id: string; externalId: string }[] = await linkedPage(this.ctx.db, after, PAGE);
      for (const { externalId } of page) if (!this.seen.has(externalId)) this.note(externalId);
      after = page.at(-1)?.id ?? null;
      if (page.length < PAGE) return;
    }
  }

  /** What the directory says by now of somebody who seems to lose something. */
  private async lose(externalId: string): Promise<void> {
    const person = await this.rules.directory.findPerson(externalId);
    const facts: DirectoryFacts = person
      ? factsFrom(person, this.rules, this.decided)
      : { ...NOBODY, externalId };
    const [row] = await this.known([facts]);
    if (!row?.user) return;
    const kinds = changesOf(row.user, facts, row.isAddressTaken);
    if (kinds.length > 0) await this.apply(facts, row.user, row.isAddressTaken, kinds);
  }

  private async apply(
    facts: DirectoryFacts,
    user: NonNullable<LinkedRow['user']>,
    isAddressTaken: boolean,
    kinds: readonly ChangeKind[],
  ): Promise<void> {
    const candidate = { id: user.id, role: user.role, isAddressTaken };
    const change = { userId: user.id, name: user.name, kinds };
    const applied = this.order.dryRun || (await this.write(facts, candidate));
    if (applied) this.tally.add(change);
  }

  /** Somebody to whom no account is linked yet. */
  private async welcome(facts: DirectoryFacts, row: LinkedRow): Promise<void> {
    const { createsPeople } = this.settings;
    if (facts.isGone || facts.email === null || facts.name === '') return;
    if (row.isAddressTaken && !row.isAddressFree) this.tally.conflicts++;
    else if (createsPeople && (this.order.dryRun || (await this.write(facts, null))))
      this.tally.add({ userId: null, name: facts.name, kinds: ['CREATED'] });
  }

  /** One person in one transaction; whom it fails for does not keep the others waiting. */
  private async write(
    facts: DirectoryFacts,
    candidate: Parameters<typeof applyDirectoryFacts>[4] | null,
  ): Promise<boolean> {
    const { ctx, tenure } = this;
    try {
      const applied = await ctx.db.unitOfWork(async (em, tx) => {
        await tenure(tx);
        return candidate
          ? applyDirectoryFacts(em, tx, ctx, facts, candidate)
          : admitDirectoryPerson(em, tx, ctx, facts);
      });
      if (applied?.endsTokens) ctx.bus.wake({ kind: 'sessions' });
      return applied?.isChanged ?? false;
    } catch (error) {
      // somebody signs in, or is given the address, at this moment: the next sync finds it settled
      if (sqlstateOf(error) !== SQLSTATE.uniqueViolation) throw error;
      return false;
    }
  }
}

const NOBODY = {
  email: null,
  name: '',
  isGone: true,
  firstRole: 'GUEST',
  role: null,
  groups: { decided: [], wanted: [] },
} as const;
