import type { ChangeKind } from './directory-wish.js';

/** One person whom a sync changes, or would. */
export interface SyncChange {
  /** Bare; null where the account would have to be made. */
  readonly userId: string | null;
  readonly name: string;
  readonly kinds: readonly ChangeKind[];
}

/** What a sync has found and done, or would do. */
export interface SyncReport {
  /** How many the directory has shown, and how many open accounts were linked before. */
  readonly people: number;
  readonly linked: number;
  readonly counts: Readonly<Partial<Record<ChangeKind, number>>>;
  /** How many people would lose something before the directory was asked again about each, and how many may at once. */
  readonly losses: number;
  readonly mostLosses: number;
  /** People whose address an account has that is not the directory's. */
  readonly conflicts: number;
  /** Groups that the configuration names and that are not here. */
  readonly unknownGroups: readonly string[];
  /** The first of them; `counts` counts them all. */
  readonly changes: readonly SyncChange[];
  /** Why nothing was taken from anybody; null where it was, or nothing had to be. */
  readonly refusal: string | null;
}

const MOST_CHANGES = 200;

/** Collects a report; what it keeps is bounded, however many people there are. */
export class SyncTally {
  people = 0;
  linked = 0;
  losses = 0;
  mostLosses = 0;
  conflicts = 0;
  unknownGroups: readonly string[] = [];
  refusal: string | null = null;
  private readonly counts: Partial<Record<ChangeKind, number>> = {};
  private readonly changes: SyncChange[] = [];

  add(change: SyncChange): void {
    for (const kind of change.kinds) this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    if (this.changes.length < MOST_CHANGES) this.changes.push(change);
  }

  report(): SyncReport {
    return { ...this, counts: this.counts, changes: this.changes };
  }
}
