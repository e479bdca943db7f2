import type { Role } from '../../../src/domain/act.js';
import type { RuleKind, RuleSettings } from '../../../src/domain/schedules/rule.js';

/**
 * The rules again, as slowly and plainly as they can be said: each rule alone, minute by minute, with the
 * calendar of Intl and nothing of the product's own.
 */
export const ZONE = 'Europe/Berlin';
export const SCOPES = ['resource', 'type', 'room', 'site', 'organisation'] as const;
export type Scope = (typeof SCOPES)[number];

export interface PlainRule<Kind extends RuleKind = RuleKind> {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly scope: Scope;
  readonly from: string | null;
  readonly exempt: readonly Role[];
  readonly settings: RuleSettings[Kind] | null;
}

export interface Booked {
  readonly from: number;
  readonly to: number;
  readonly occupiedFrom: number;
  readonly occupiedTo: number;
  readonly isPending: boolean;
}

export interface World {
  readonly rules: readonly PlainRule[];
  /** Wall-clock bounds `2027-03-28T00:00`. */
  readonly closures: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  /** All of the one person on the one resource. */
  readonly booked: readonly Booked[];
  readonly role: Role;
  readonly groupIds: readonly string[];
  readonly trainings: ReadonlyMap<string, number>;
  readonly now: number;
  /** Terms, rule@version: those that the request accepts, and those accepted before. */
  readonly accepts: readonly string[];
  readonly accepted: ReadonlySet<string>;
}

const MINUTE = 60_000;
const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** `2027-03-28T09:15` */
function wall(at: number): string {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}
const dateOf = (at: number) => wall(at).slice(0, 10);
const timeOf = (at: number) => wall(at).slice(11);
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const shift = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const weekdayOf = (date: string) => new Date(`${date}T00:00Z`).getUTCDay() || 7;

export function nearest<Kind extends RuleKind>(
  world: Pick<World, 'rules'>,
  kind: Kind,
  name: string,
  date: string,
): (PlainRule<Kind> & { settings: RuleSettings[Kind] }) | null {
  for (const scope of SCOPES) {
    const standing = world.rules
      .filter((rule) => rule.kind === kind && rule.name === name && rule.scope === scope)
      .filter(({ from }) => from === null || from <= date)
      .sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
      .at(-1);
    if (standing?.settings) return standing as never;
  }
  return null;
}

function opensAt(world: World, at: number): boolean {
  const [date, time] = [dateOf(at), minutes(timeOf(at))];
  const spansOf = (day: string) => {
    const hours = nearest(world, 'OPENING_HOURS', '', day)?.settings;
    if (!hours) return null;
    const exception = hours.exceptions.findLast(({ from, to }) => from <= day && day <= to);
    if (exception) return exception.spans;
    return hours.week.filter(({ days }) => days.includes(weekdayOf(day))).flatMap(({ spans }) => spans);
  };
  const today = spansOf(date);
  if (!today) return true;
  const nightOf = ({ opens, closes }: { opens: string; closes: string }) => minutes(closes) <= minutes(opens);
  const byDay = today.some((span) => {
    const { opens, closes } = span;
    return minutes(opens) <= time && (nightOf(span) || time < minutes(closes));
  });
  const fromYesterday = (spansOf(shift(date, -1)) ?? []).some(
    (span) => nightOf(span) && time < minutes(span.closes),
  );
  return byDay || fromYesterday;
}

/** Minutes as T6 counts them. */
const countedFrom = (from: number, to: number): number =>
  timeOf(from) === '00:00' && timeOf(to) === '00:00'
    ? ((Date.parse(dateOf(to)) - Date.parse(dateOf(from))) / 86_400_000) * 1440
    : (to - from) / MINUTE;

/** Whether an approval lets somebody ask for what lies outside the hours. */
const isAskable = (world: World, date: string): boolean =>
  world.rules.some(
    ({ kind, name }) => kind === 'APPROVAL' && nearest(world, 'APPROVAL', name, date)?.settings.outsideHours,
  );

/** Whether somebody must approve it. */
export function needsApproval(world: World, from: number, to: number): boolean {
  const date = dateOf(from);
  const isOutside = () => {
    for (let at = from; at < to; at += MINUTE) {
      const rule = nearest(world, 'OPENING_HOURS', '', dateOf(at));
      if (rule && !rule.exempt.includes(world.role) && !opensAt(world, at)) return true;
    }
    return false;
  };
  return ['A', 'B'].some((name) => {
    const rule = nearest(world, 'APPROVAL', name, date);
    if (!rule || rule.exempt.includes(world.role)) return false;
    const { overMinutes, outsideHours } = rule.settings;
    if (overMinutes === null && !outsideHours) return true;
    return (overMinutes !== null && countedFrom(from, to) > overMinutes) || (outsideHours && isOutside());
  });
}

/** The terms that count for a start on that date: rule, key, and whether they are accepted each time. */
export const termsOn = (world: Pick<World, 'rules' | 'role'>, from: number) =>
  ['A', 'B'].flatMap((name) => {
    const rule = nearest(world, 'TERMS', name, dateOf(from));
    if (!rule || rule.exempt.includes(world.role)) return [];
    const { version, eachTime } = rule.settings;
    return [{ id: rule.id, key: `${rule.id}@${version}`, eachTime }];
  });

/** The set of reasons, each as `CODE id-of-the-rule-or-closure`. */
export function naiveReasons(world: World, from: number, to: number): string[] {
  const { role, now } = world;
  const date = dateOf(from);
  const found: string[] = [];
  const each = <Kind extends RuleKind>(
    kind: Kind,
    judge: (settings: RuleSettings[Kind], id: string) => string | false,
    name = '',
  ) => {
    const rule = nearest(world, kind, name, date);
    const code = rule && !rule.exempt.includes(role) && judge(rule.settings, rule.id);
    if (rule && code) found.push(`${code} ${rule.id}`);
  };
  const counted = countedFrom(from, to);

  if (to <= now) found.push('TOO_SOON -');
  each(
    'NOTICE',
    ({ leastMinutes }) => leastMinutes !== null && from < now + leastMinutes * MINUTE && 'TOO_SOON',
  );
  each('NOTICE', ({ leastMinutes, horizonDays }) => {
    const soon = leastMinutes !== null && from < now + leastMinutes * MINUTE;
    return !soon && horizonDays !== null && date > shift(dateOf(now), horizonDays) && 'TOO_FAR_AHEAD';
  });
  each('LENGTH', ({ leastMinutes }) => leastMinutes !== null && counted < leastMinutes && 'TOO_SHORT');
  each('LENGTH', ({ leastMinutes, mostMinutes }) => {
    const short = leastMinutes !== null && counted < leastMinutes;
    return !short && mostMinutes !== null && counted > mostMinutes && 'DURATION_TOO_LONG';
  });
  each('GRID', ({ stepMinutes, startTimes }) => {
    const off = (at: number) => stepMinutes !== null && minutes(timeOf(at)) % stepMinutes !== 0;
    const start = startTimes !== null && !startTimes.includes(timeOf(from));
    return (off(from) || off(to) || start) && 'MISALIGNED';
  });
  each('ACCESS', ({ roles, groupIds, trainingIds }) => {
    const open = roles === null && groupIds === null;
    const admitted =
      open || roles?.includes(role) || groupIds?.some((group) => world.groupIds.includes(group)) === true;
    const trained = trainingIds.every((id) => (world.trainings.get(id) ?? 0) >= to);
    return (!admitted || !trained) && 'NOT_PERMITTED';
  });
  if (!nearest(world, 'ACCESS', '', date) && role === 'GUEST') found.push('NOT_PERMITTED -');

  for (const { id, key, eachTime } of termsOn(world, from)) {
    const isKnown = world.accepts.includes(key) || (!eachTime && world.accepted.has(key));
    if (!isKnown) found.push(`TERMS_NOT_ACCEPTED ${id}`);
  }
  for (let at = from; at < to; at += MINUTE) {
    if (opensAt(world, at) || isAskable(world, date)) continue;
    const rule = nearest(world, 'OPENING_HOURS', '', dateOf(at));
    if (!rule || rule.exempt.includes(role)) continue;
    found.push(`OUTSIDE_OPENING_HOURS ${rule.id}`);
    break;
  }
  for (const closure of world.closures) {
    let met = false;
    for (let at = from; at < to; at += MINUTE) met ||= closure.from <= wall(at) && wall(at) < closure.to;
    if (met) found.push(`CLOSED ${closure.id}`);
  }
  for (const name of new Set(world.rules.filter(({ kind }) => kind === 'QUOTA').map((rule) => rule.name))) {
    each('QUOTA', (settings) => exceeds(world, settings, from, to) && 'QUOTA_EXCEEDED', name);
  }
  return [...found, ...taken(world, from, to)].sort();
}

const PERIOD_KEY = {
  DAY: (date: string) => date,
  ISO_WEEK: (date: string) => shift(date, 1 - weekdayOf(date)),
  MONTH: (date: string) => date.slice(0, 7),
};

function exceeds(world: World, quota: RuleSettings['QUOTA'], from: number, to: number): boolean {
  const { groupId, period, measure, limit } = quota;
  if (groupId !== null && !world.groupIds.includes(groupId)) return false;
  const all = [...world.booked, { from, to }];
  if (period === 'CONCURRENT') {
    for (let at = from; at < to; at += MINUTE) {
      if (all.filter((span) => span.from <= at && at < span.to).length > limit) return true;
    }
    return false;
  }
  const key = PERIOD_KEY[period];
  if (measure === 'COUNT') {
    return all.filter((span) => key(dateOf(span.from)) === key(dateOf(from))).length > limit;
  }
  const used = new Map<string, number>();
  for (const span of all) {
    for (let at = span.from; at < span.to; at += MINUTE) {
      const period = key(dateOf(at));
      used.set(period, (used.get(period) ?? 0) + 1);
    }
  }
  const mine = new Set<string>();
  for (let at = from; at < to; at += MINUTE) mine.add(key(dateOf(at)));
  return [...mine].some((period) => (used.get(period) ?? 0) > limit);
}

export function buffersOn(world: Pick<World, 'rules'>, at: number) {
  const { setupMinutes = 0, teardownMinutes = 0 } = nearest(world, 'BUFFERS', '', dateOf(at))?.settings ?? {};
  return { before: setupMinutes * MINUTE, after: teardownMinutes * MINUTE };
}

function taken(world: World, from: number, to: number): string[] {
  const { before, after } = buffersOn(world, from);
  const met = world.booked.filter(
    (span) => span.occupiedFrom < to + after && from - before < span.occupiedTo,
  );
  const overlapping = met.filter((span) => span.from < to && from < span.to);
  return [
    ...(overlapping.some(({ isPending }) => !isPending) ? ['SLOT_TAKEN -'] : []),
    ...(overlapping.some(({ isPending }) => isPending) ? ['SLOT_HELD -'] : []),
    ...(met.length > overlapping.length ? ['BUFFER_CONFLICT -'] : []),
  ];
}
