import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { Stretch } from '../time/stretch.js';
import { wallWindow } from '../time/wall-window.js';
import { type Recurrence, ruleText } from './recurrence-rule.js';

/** One window of a series. */
export interface Occurrence {
  /** The wall-clock start that the rule gives, `2027-03-28T02:30:00.000`: names the occurrence for good. */
  readonly key: string;
  /** The end that was meant, as the key is the start. */
  readonly endsLocal: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Clocks skip its start or end, so it has moved forward by the gap (T3). */
  readonly shifted: boolean;
}

/** Why a series cannot be written out as a whole. */
export type Unfinished =
  | { readonly kind: 'Endless' }
  /** The rule names no date at all, such as a 29 February in every second year from an odd one on. */
  | { readonly kind: 'NoDates' }
  | { readonly kind: 'TooMany'; readonly most: number }
  | { readonly kind: 'PastHorizon'; readonly startsAt: Date };

const DAY = 86_400_000;

/** A wall-clock time as the ms since 1970 at which a clock in UTC shows it; of a date alone its midnight. */
export const wallOf = (local: string): number => Date.parse(local.includes('T') ? `${local}Z` : local);
const keyOf = (wall: number): string => new Date(wall).toISOString().slice(0, -1);

const opened = new Map<string, RRuleTemporal>();
const MOST_OPENED = 500;

/** The library gives up on a rule that finds no date in 10,000 days or more; there is none worth having then. */
function searched(search: () => void): void {
  try {
    search();
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('Maximum iterations'))) throw error;
  }
}

/** The rule, to be followed on a clock that never jumps: gaps and folds are our own to resolve. */
function open(recurrence: Recurrence): RRuleTemporal {
  const rruleString = ruleText(recurrence);
  const key = `${rruleString} ${recurrence.startsLocal}`;
  const known = opened.get(key);
  if (known) return known;
  if (opened.size >= MOST_OPENED) opened.clear();
  const dtstart = Temporal.PlainDateTime.from(recurrence.startsLocal).toZonedDateTime('UTC');
  const rule = new RRuleTemporal({ rruleString, dtstart });
  opened.set(key, rule);
  return rule;
}

/** Dates and times of a list as wall-clock starts; a date means the usual time of that day. */
const starts = (list: readonly string[], startsLocal: string): number[] => {
  const time = wallOf(startsLocal) - Math.floor(wallOf(startsLocal) / DAY) * DAY;
  return list.map((local) => (local.includes('T') ? wallOf(local) : wallOf(local) + time));
};

function occurrenceAt(wall: number, length: number, timeZone: string): Occurrence {
  const { from, to, shifted } = wallWindow(wall, length, timeZone);
  return {
    key: keyOf(wall),
    endsLocal: keyOf(wall + length),
    startsAt: new Date(from),
    endsAt: new Date(to),
    shifted,
  };
}

function windows(recurrence: Recurrence, walls: Iterable<number>): Occurrence[] {
  const { startsLocal, endsLocal, timeZone, exdates, rdates } = recurrence;
  const length = wallOf(endsLocal) - wallOf(startsLocal);
  const left = new Set([...walls, ...starts(rdates, startsLocal)]);
  for (const wall of starts(exdates, startsLocal)) left.delete(wall);
  return [...left].sort((a, b) => a - b).map((wall) => occurrenceAt(wall, length, timeZone));
}

/** The starts that the rule gives by a clock that shows UTC, from a good while before the instants to as long behind. */
function wallsBetween(recurrence: Recurrence, from: number, to: number): number[] {
  const length = wallOf(recurrence.endsLocal) - wallOf(recurrence.startsLocal);
  // Wall clocks are within a day of UTC, and a gap moves an occurrence by less.
  const bounds = [new Date(from - length - 2 * DAY), new Date(to + 2 * DAY)] as const;
  let found: readonly Temporal.ZonedDateTime[] = [];
  searched(() => {
    found = open(recurrence).between(...bounds, true);
  });
  return found.map((at) => at.epochMilliseconds);
}

const PERIOD_DAYS: Readonly<Record<string, number>> = { DAILY: 1, WEEKLY: 7, MONTHLY: 30, YEARLY: 365 };

/** How many days, weeks, months or years of its rule are gone through between the instants, whatever they give. */
export function stepsWithin(rrule: string, { from, to }: Stretch): number {
  const days = PERIOD_DAYS[/FREQ=(\w+)/i.exec(rrule)?.[1]?.toUpperCase() ?? ''] ?? 1;
  const interval = Number(/INTERVAL=(\d+)/i.exec(rrule)?.[1] ?? 1);
  return Math.ceil((to - from) / (days * interval * DAY));
}

/** What occurrencesBetween finds, zone by zone, with one search for those in which the rule reads the same. */
export function* occurrencesInZones(
  recurrence: Omit<Recurrence, 'timeZone'>,
  timeZones: readonly string[],
  from: number,
  to: number,
): Generator<Occurrence[]> {
  const walls = new Map<string, number[]>();
  for (const timeZone of timeZones) {
    const there = { ...recurrence, timeZone };
    const text = ruleText(there);
    const found = walls.get(text) ?? wallsBetween(there, from, to);
    walls.set(text, found);
    yield windows(there, found).filter(
      ({ startsAt, endsAt }) => startsAt.getTime() < to && endsAt.getTime() > from,
    );
  }
}

/**
 * The occurrences that overlap the instants [from, to), by start. As RFC 5545 has it a first window that does not
 * match its own rule is no occurrence. The recurrence must have passed checkRecurrence.
 */
export const occurrencesBetween = (recurrence: Recurrence, from: number, to: number): Occurrence[] =>
  [...occurrencesInZones(recurrence, [recurrence.timeZone], from, to)].flat();

/** The starts that the rule gives, up to one more than `most` or the first behind `until` that is not excluded. */
function wallsUntil(recurrence: Recurrence, most: number, until: number): number[] {
  const excluded = new Set(starts(recurrence.exdates, recurrence.startsLocal));
  const walls: number[] = [];
  const goesOn = ({ epochMilliseconds: wall }: Temporal.ZonedDateTime) => {
    walls.push(wall);
    return walls.length <= most && (wall < until || excluded.has(wall));
  };
  // Not all of them: a rule may go on behind the end of all calendars.
  searched(() => open(recurrence).all(goesOn));
  return walls;
}

interface Bounds {
  readonly most: number;
  readonly until: number;
  readonly isPast?: (startsAt: number) => boolean;
}

/**
 * The whole series by start, or why it cannot be written out; nothing is cut silently (S1).
 * @param most how many occurrences it may have, excluded and added ones included
 * @param until the instant (ms since 1970) before which each must start
 * @param isPast whether a start lies behind the horizon that counts for it; behind `until` each does
 */
export function allOccurrences(
  recurrence: Recurrence,
  { most, until, isPast = (startsAt) => startsAt >= until }: Bounds,
): Occurrence[] | Unfinished {
  if (!/(^|;)(COUNT|UNTIL)=/i.test(recurrence.rrule)) return { kind: 'Endless' };
  const walls = wallsUntil(recurrence, most, until + 2 * DAY);
  const given = new Set([...walls, ...starts(recurrence.rdates, recurrence.startsLocal)]);
  if (given.size > most) return { kind: 'TooMany', most };
  const all = windows(recurrence, walls);
  if (all.length === 0) return { kind: 'NoDates' };
  const past = all.find(({ startsAt }) => isPast(startsAt.getTime()));
  return past ? { kind: 'PastHorizon', startsAt: past.startsAt } : all;
}

/** The first two occurrences that overlap each other (S3), or null. */
export function selfOverlap(occurrences: readonly Occurrence[]): [Occurrence, Occurrence] | null {
  let last: Occurrence | null = null;
  for (const each of occurrences) {
    if (last && each.startsAt < last.endsAt) return [last, each];
    last = each;
  }
  return null;
}
