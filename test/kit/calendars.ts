import ICAL from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';

/** An event as a calendar program sees it; instants as ISO 8601 in UTC. */
export interface SeenEvent {
  readonly uid: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly recurrenceAt: string | null;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly status: string;
  readonly sequence: number;
}

const byStart = (a: SeenEvent, b: SeenEvent) =>
  `${a.startsAt} ${a.uid} ${a.recurrenceAt}` < `${b.startsAt} ${b.uid} ${b.recurrenceAt}` ? -1 : 1;

/** What ical.js reads, by the VTIMEZONEs of the calendar itself and nothing else. */
export function readByIcalJs(text: string): SeenEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((zone) => {
      const known = new ICAL.Timezone(zone);
      return [known.tzid, known];
    }),
  );
  const instant = (event: InstanceType<typeof ICAL.Component>, name: string) => {
    const property = event.getFirstProperty(name);
    if (!property) return null;
    const time = property.getFirstValue() as InstanceType<typeof ICAL.Time>;
    const tzid = property.getFirstParameter('tzid');
    if (tzid) {
      const zone = zones.get(tzid);
      if (!zone) throw new Error(`the calendar does not define ${tzid}`);
      time.zone = zone;
    } else if (time.zone !== ICAL.Timezone.utcTimezone) throw new Error(`${name} floats`);
    return new Date(time.toUnixTime() * 1000).toISOString();
  };
  return calendar
    .getAllSubcomponents('vevent')
    .map((event) => ({
      uid: String(event.getFirstPropertyValue('uid')),
      startsAt: instant(event, 'dtstart') as string,
      endsAt: instant(event, 'dtend') as string,
      recurrenceAt: instant(event, 'recurrence-id'),
      summary: String(event.getFirstPropertyValue('summary')),
      description: String(event.getFirstPropertyValue('description') ?? ''),
      location: String(event.getFirstPropertyValue('location') ?? ''),
      status: String(event.getFirstPropertyValue('status')),
      sequence: Number(event.getFirstPropertyValue('sequence')),
    }))
    .sort(byStart);
}

/** What node-ical reads, which knows the zones by their names. */
export function readByNodeIcal(text: string): SeenEvent[] {
  const all = Object.values(nodeIcal.sync.parseICS(text)).filter(
    (part): part is VEvent => part?.type === 'VEVENT',
  );
  const each = new Map<string, VEvent>();
  for (const event of all) {
    const parts = event.recurrences ? Object.values(event.recurrences) : [event];
    for (const part of parts as VEvent[]) each.set(`${part.uid} ${part.recurrenceid?.toISOString()}`, part);
  }
  return [...each.values()]
    .map((event) => ({
      uid: event.uid,
      startsAt: event.start.toISOString(),
      endsAt: event.end?.toISOString() ?? '',
      recurrenceAt: event.recurrenceid?.toISOString() ?? null,
      summary: String(event.summary),
      description: String(event.description ?? ''),
      location: String(event.location ?? ''),
      status: String(event.status),
      sequence: Number(event.sequence),
    }))
    .sort(byStart);
}

const LINE = /^[A-Z-]+(;[A-Z-]+=("[^"\p{Cc}]*"|[^";:,\p{Cc}]+))*:[\P{Cc}\t]*$/u;

/** What of RFC 5545 the text breaks, line by line: folding, line ends, the form of lines, what must be there once. */
export function breaches(text: string): string[] {
  const found: string[] = [];
  const complain = (when: boolean, what: string) => when && found.push(what);
  complain(!text.endsWith('\r\n'), 'the last line has no end');
  complain(text.replaceAll('\r\n', '').match(/[\r\n]/) !== null, 'a line does not end in CRLF');
  for (const line of text.split('\r\n')) {
    complain(Buffer.byteLength(line) > 75, `longer than 75 octets: ${line}`);
    complain(!line.isWellFormed(), `a character is parted: ${line}`);
  }
  const lines = text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
  const open: { name: string; names: string[] }[] = [];
  const keys = new Set<string>();
  for (const line of lines) {
    complain(!LINE.test(line), `no content line: ${line}`);
    const [, name = '', value = ''] = /^([A-Z-]+)[^:]*:(.*)$/s.exec(line) ?? [];
    if (name === 'BEGIN') {
      open.at(-1)?.names.push(`<${value}>`);
      open.push({ name: value, names: [] });
    } else if (name === 'END') {
      const closed = open.pop();
      complain(closed?.name !== value, `END:${value} ends ${closed?.name}`);
      if (closed) found.push(...missing(closed.name, closed.names));
      if (value === 'VEVENT') {
        const key = JSON.stringify(closed?.names.filter((each) => /^(UID|RECURRENCE-ID)=/.test(each)));
        complain(keys.has(key), `twice: ${key}`);
        keys.add(key);
      }
    } else {
      open.at(-1)?.names.push(name, ...(/^(UID|RECURRENCE-ID)$/.test(name) ? [`${name}=${value}`] : []));
      complain(open.length === 0, `outside of every component: ${line}`);
    }
  }
  complain(open.length > 0, 'a component has no end');
  return found;
}

const ONCE: Record<string, readonly string[]> = {
  VCALENDAR: ['VERSION', 'PRODID'],
  VEVENT: ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'STATUS', 'SEQUENCE'],
  VTIMEZONE: ['TZID'],
  STANDARD: ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'],
  DAYLIGHT: ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'],
};

function missing(component: string, names: readonly string[]): string[] {
  const wrong = (ONCE[component] ?? []).filter((name) => names.filter((each) => each === name).length !== 1);
  const inner = names.filter((name) => name.startsWith('<'));
  const empty =
    component === 'VCALENDAR' || component === 'VTIMEZONE' ? inner.length === 0 : inner.length > 0;
  return [
    ...wrong.map((name) => `${component} has not one ${name}`),
    ...(empty ? [`${component} holds ${inner}`] : []),
  ];
}
