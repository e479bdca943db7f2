import ICAL from 'ical.js';
import { checkText } from '../text.js';
import { localText, localTextBehind, wallTime } from '../time/local-day.js';
import type { Stretch } from '../time/stretch.js';
import type { CalendarBlock, CalendarBlocks } from './calendar-blocks.js';
import { type ClosureFields, settleLocal } from './closure-fields.js';
import {
  type Component,
  canonical,
  definedZones,
  LAST_YEAR,
  type Property,
  textsOf,
  type Zone,
} from './ical-zones.js';
import { MOST_DATES } from './recurrence-rule.js';

/** An event of an iCalendar file with the fields of a closure: its times are those of the clocks at the resources. */
export interface CalendarEvent extends ClosureFields {
  readonly details: string;
  /** CLASS: PRIVATE or CONFIDENTIAL. */
  readonly isPrivate: boolean;
  /** In ms since 1970, where it says in which zone: clocks at the resources may show that time twice. */
  readonly instants: Stretch | null;
  readonly line: number;
  readonly uid: string;
  /** Of an event that stands for one occurrence of another: the start that it would have had. */
  readonly recurrenceId: string | null;
  /** STATUS:CANCELLED. */
  readonly isCancelled: boolean;
}

/** What is wrong with one event of the file. */
export interface CalendarProblem {
  /** Of the file, from 1 on: where the event begins. */
  readonly line: number;
  readonly uid: string | null;
  readonly message: string;
}

/** Thrown inside this file; its message says what is wrong with the event. */
class Misfit extends Error {}

const DAY = 86_400_000;
/** With three bytes for each character it still fits into the index by which a second import finds it. */
const MOST_UID = 800;
const LOCAL = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{3})?)?$/;
const UNSUPPORTED = ['rdate', 'exrule'] as const;

/** A time of an event: as its own clocks show it, and the zone of those; null is wherever the resource is. */
interface EventTime {
  readonly local: string;
  readonly zone: Zone | null;
}

function readTime(text: string, property: Property, zones: ReadonlyMap<string, Zone>): EventTime {
  if (text.endsWith('Z')) return { local: text.slice(0, -1), zone: { name: 'UTC', defined: null } };
  const tzid = property.getFirstParameter('tzid') as string | undefined;
  if (property.type === 'date' || !tzid) return { local: text, zone: null };
  const known = canonical(tzid);
  const zone = known ? { name: known, defined: null } : zones.get(tzid);
  if (!zone) throw new Misfit(`The file does not say what the time zone ${tzid} is.`);
  return { local: text, zone };
}

const wallMs = (local: string): number => Date.parse(local.length === 10 ? local : `${local}Z`);
const wallText = (ms: number): string => new Date(ms).toISOString().slice(0, -1);

function instantOf({ local, zone }: EventTime): number {
  if (zone?.defined) {
    const time = ICAL.Time.fromDateTimeString(local);
    if (time.year > LAST_YEAR) {
      const why = `which the file describes itself, are followed until ${LAST_YEAR}.`;
      throw new Misfit(`The clocks of ${zone.name}, ${why}`);
    }
    time.zone = zone.defined;
    return time.toUnixTime() * 1000;
  }
  const minutes = (wallMs(local) % DAY) / 60_000;
  return wallTime(local.slice(0, 10), minutes, zone?.name ?? 'UTC');
}

/**
 * How times of the event become times at the resources. Whole days and floating times close there by their own
 * clocks. A time in a zone is an instant: it is converted for resources that all stand in one zone, and a rule is
 * followed only where that is the event's own zone, since clocks change on other days elsewhere. A closure cannot say
 * which of two equal hours it means, so that an event in the second one closes the first one too: rather too wide a
 * closure than a reservation in an event.
 */
function converter(recurs: boolean, scopeZones: readonly string[]) {
  const [there, ...others] = scopeZones.map((name) => canonical(name) ?? name);
  return (time: EventTime, edge: 'start' | 'end' = 'start'): string => {
    const name = time.zone?.name;
    if (name === undefined || (name === there && others.length === 0)) return time.local;
    if (there === undefined || others.length > 0) {
      const why = 'and the resources do not stand in one time zone: give it whole days or floating times.';
      throw new Misfit(`Its times are those of ${name}, ${why}`);
    }
    if (!recurs) return (edge === 'start' ? localText : localTextBehind)(instantOf(time), there);
    throw new Misfit(`It recurs by the clocks of ${name}, and the resources stand in ${there}.`);
  };
}

/**
 * The end: DTEND, or the start and DURATION, of which days count by the calendar and hours by the clock; by the
 * clock on the wall where the event recurs, as all times of a closure do.
 */
function readEnd(event: Component, start: EventTime, zones: ReadonlyMap<string, Zone>): EventTime {
  const isDate = event.getFirstProperty('dtstart')?.type === 'date';
  const end = event.getFirstProperty('dtend');
  if (end) {
    if ((end.type === 'date') !== isDate) throw new Misfit('DTSTART and DTEND are of different kinds.');
    return readTime(textsOf(end)[0] ?? '', end, zones);
  }
  const duration = event.getFirstPropertyValue('duration') as InstanceType<typeof ICAL.Duration> | null;
  if (!duration) return isDate ? { ...start, local: wallText(wallMs(start.local) + DAY) } : start;
  if (duration.isNegative) throw new Misfit('DURATION is negative.');
  const days = (duration.weeks * 7 + duration.days) * DAY;
  const time = (duration.hours * 3600 + duration.minutes * 60 + duration.seconds) * 1000;
  const onDay = { ...start, local: wallText(wallMs(start.local) + days) };
  if (!start.zone || event.hasProperty('rrule'))
    return { ...start, local: wallText(wallMs(onDay.local) + time) };
  return { local: wallText(instantOf(onDay) + time), zone: { name: 'UTC', defined: null } };
}

/** What a window in a zone, or in two, means whatever clocks at the resources show; null where that is for them to say. */
function instantsOf(start: EventTime, end: EventTime): Stretch | null {
  const isTime = ({ zone, local }: EventTime) => zone !== null && settleLocal(local) !== null;
  return isTime(start) && isTime(end) ? { from: instantOf(start), to: instantOf(end) } : null;
}

function readEvent(
  block: CalendarBlock,
  zones: ReadonlyMap<string, Zone>,
  scopeZones: readonly string[],
): CalendarEvent {
  const event = new ICAL.Component(ICAL.parse(block.text));
  const uid = String(event.getFirstPropertyValue('uid') ?? '').trim();
  if (uid === '') throw new Misfit('It has no UID.');
  const lost = checkText(uid, [], 1, MOST_UID);
  if (lost) throw new Misfit(`Its UID cannot be kept: ${lost.message}`);
  const unsupported = UNSUPPORTED.find((name) => event.hasProperty(name));
  if (unsupported) throw new Misfit(`${unsupported.toUpperCase()} is not supported: make it an event.`);
  const rules = event.getAllProperties('rrule');
  if (rules.length > 1) throw new Misfit('It has more than one RRULE.');
  const begins = event.getFirstProperty('dtstart');
  if (!begins) throw new Misfit('It has no DTSTART.');
  const start = readTime(textsOf(begins)[0] ?? '', begins, zones);
  const end = readEnd(event, start, zones);
  const there = converter(rules.length > 0, scopeZones);
  const timesOf = (name: 'exdate' | 'recurrence-id') => {
    const times = event
      .getAllProperties(name)
      .flatMap((property) => textsOf(property).map((text) => ({ text, property })));
    if (times.length > MOST_DATES) throw new Misfit(`It leaves out more than ${MOST_DATES} occurrences.`);
    return times.map(({ text, property }) => there(readTime(text, property, zones)));
  };
  if (event.getFirstProperty('recurrence-id')?.getFirstParameter('range'))
    throw new Misfit('RECURRENCE-ID with a RANGE is not supported.');
  const [recurrenceId = null] = timesOf('recurrence-id');
  if (recurrenceId !== null && !LOCAL.test(recurrenceId)) throw new Misfit('Its RECURRENCE-ID is no time.');
  return {
    line: block.line,
    uid,
    title: String(event.getFirstPropertyValue('summary') ?? ''),
    startsLocal: there(start),
    endsLocal: there(end, 'end'),
    details: String(event.getFirstPropertyValue('description') ?? ''),
    isPrivate: /^(private|confidential)$/i.test(String(event.getFirstPropertyValue('class') ?? '')),
    instants: instantsOf(start, end),
    rrule: rules[0]?.getFirstValue()?.toString() ?? null,
    exdates: timesOf('exdate'),
    recurrenceId,
    isCancelled: event.getFirstPropertyValue('status') === 'CANCELLED',
  };
}

/** The UID as far as it can be told of an event that cannot be read. */
function uidIn({ text }: CalendarBlock): string | null {
  const uid = /^UID[:;](.*)$/im.exec(text)?.[1]?.replaceAll('\0', '').trim();
  return uid ? uid.slice(0, MOST_UID).toWellFormed() : null;
}

/**
 * Reads the events of a calendar for resources in these time zones. Texts come without folds and escapes; times are
 * local ones as closures have them, not yet checked.
 * @param breathe is waited for between events
 */
export async function readCalendar(
  { events, zones: defined }: CalendarBlocks,
  scopeZones: readonly string[],
  breathe: () => Promise<void>,
): Promise<{ readonly events: readonly CalendarEvent[]; readonly problems: readonly CalendarProblem[] }> {
  const zones = definedZones(defined);
  const problems: CalendarProblem[] = [];
  const read: CalendarEvent[] = [];
  for (const block of events) {
    await breathe();
    try {
      read.push(readEvent(block, zones, scopeZones));
    } catch (error) {
      const said =
        error instanceof Misfit ? error.message : `It cannot be read: ${(error as Error).message}.`;
      problems.push({ line: block.line, uid: uidIn(block), message: said });
    }
  }
  return { events: read, problems };
}
