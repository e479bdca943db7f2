import type { CheckInTerms } from '../../sql/reservations/check-in-terms.js';
import type { RuleRow } from '../../sql/rules/read-rule-book.js';
import type { Role } from '../act.js';
import type { OpeningHours } from './opening-hours.js';

/** Set-up and tear-down around a window, in minutes (O3). */
export interface Buffers {
  readonly setupMinutes: number;
  readonly teardownMinutes: number;
}

/** How long before its start a reservation must, and how many local days ahead it may be made; null: no limit. */
export interface Notice {
  readonly leastMinutes: number | null;
  readonly horizonDays: number | null;
  /** How long before its start it can be cancelled or moved away at the latest. */
  readonly cancelMinutes: number | null;
}

/** Shortest and longest reservation in minutes (T6). */
export interface LengthLimits {
  readonly leastMinutes: number | null;
  readonly mostMinutes: number | null;
}

/** Where windows may begin and end, on the resource's wall clock. */
export interface Grid {
  /** Starts and ends fall on multiples of it since local midnight. */
  readonly stepMinutes: number | null;
  /** Local times (HH:MM) at which a window may start; null: any. */
  readonly startTimes: readonly string[] | null;
}

export type QuotaMeasure = 'COUNT' | 'MINUTES';
export type QuotaPeriod = 'DAY' | 'ISO_WEEK' | 'MONTH' | 'CONCURRENT';

/**
 * How much one user, or one group together, may reserve. Each reserved resource counts for itself; a reservation
 * belongs to the local day, week or month in which it starts, its minutes to those in which they lie.
 * CONCURRENT counts what overlaps at one instant.
 */
export interface Quota {
  readonly measure: QuotaMeasure;
  readonly period: QuotaPeriod;
  /** Counted together: the members of this group; null: each user by themselves. */
  readonly groupId: string | null;
  /** SCOPE: over all resources for which the rule is made; RESOURCE: over each of them by itself. */
  readonly over: 'SCOPE' | 'RESOURCE';
  readonly limit: number;
}

/** Who may reserve: by role or by group, and with every training, valid to the end of the window. */
export interface Access {
  /** Null with groups: nobody by role alone; null without: every role. */
  readonly roles: readonly Role[] | null;
  readonly groupIds: readonly string[] | null;
  readonly trainingIds: readonly string[];
}

/** Who decides together: any one of these people, members of these groups or, if wanted, managers of the resource. */
export interface Approvers {
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly managers: boolean;
}

/**
 * What must be approved before it counts. Without a condition everything; else what is longer, or what lies outside
 * the opening hours, which such a rule lets somebody ask for. Times count from the asking, in minutes.
 */
export interface Approval {
  readonly overMinutes: number | null;
  readonly outsideHours: boolean;
  /** One of each decides, in this order. */
  readonly steps: readonly Approvers[];
  /** After which a request that nobody has decided about dies; at its start it does so in any case. */
  readonly deadlineMinutes: number;
  readonly remindMinutes: number | null;
  /** After which others may decide as well. */
  readonly escalateMinutes: number | null;
  readonly escalation: Approvers | null;
}

/** What whoever reserves must accept. Another text needs another version: an acceptance names that. */
export interface Terms {
  readonly text: string;
  readonly version: string;
  /** For each reservation anew; else once a version. */
  readonly eachTime: boolean;
}

/**
 * Who has reserved must say that they are there, in time; else all that is left of the window is free again. Times
 * in minutes.
 */
export type CheckIn = CheckInTerms;

/** Who comes before others in the waitlist: whoever has one of these roles or is in one of these groups. */
export interface WaitPriority {
  readonly roles: readonly Role[];
  readonly groupIds: readonly string[];
  /** Of several the highest counts; it is 0 for everybody else. */
  readonly priority: number;
}

/** How people wait, and how what is free is offered to them. */
export interface WaitTerms {
  /** How long an offer can be taken, but not beyond its start. */
  readonly offerMinutes: number;
  /** For how much one person waits at a time. */
  readonly mostOpen: number;
  readonly priorities: readonly WaitPriority[];
}

export interface RuleSettings {
  readonly OPENING_HOURS: OpeningHours;
  readonly BUFFERS: Buffers;
  readonly NOTICE: Notice;
  readonly LENGTH: LengthLimits;
  readonly GRID: Grid;
  readonly QUOTA: Quota;
  readonly ACCESS: Access;
  readonly APPROVAL: Approval;
  readonly CHECK_IN: CheckIn;
  readonly WAITLIST: WaitTerms;
  readonly TERMS: Terms;
}

export type RuleKind = keyof RuleSettings;
export const RULE_KINDS: readonly RuleKind[] = [
  'OPENING_HOURS',
  'BUFFERS',
  'NOTICE',
  'LENGTH',
  'GRID',
  'QUOTA',
  'ACCESS',
  'APPROVAL',
  'CHECK_IN',
  'WAITLIST',
  'TERMS',
];

/** Rules of these kinds have names and stand side by side. */
export const NAMED_KINDS: readonly RuleKind[] = ['QUOTA', 'APPROVAL', 'TERMS'];

/** A rule as the book holds it. Settings were checked when they were written. */
export type Rule<Kind extends RuleKind = RuleKind> = Omit<RuleRow, 'kind' | 'settings'> & {
  readonly kind: Kind;
  readonly settings: RuleSettings[Kind] | null;
};

/** A rule that has settings: null only ends an earlier one. */
export type Standing<Kind extends RuleKind> = Rule<Kind> & { readonly settings: RuleSettings[Kind] };
