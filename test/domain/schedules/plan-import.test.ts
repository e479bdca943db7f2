import { type ImportPlan, planImport } from '../../../src/domain/schedules/plan-import.js';

const NOW = Date.parse('2027-03-01T08:00:00Z');
const BERLIN = ['Europe/Berlin'];

/** A calendar of these events, each given by its lines, with the line ends of the standard. */
const calendar = (...events: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//holidays//EN',
    ...events.map((lines) => `BEGIN:VEVENT\r\n${lines.trim().split(/\n\s*/).join('\r\n')}\r\nEND:VEVENT`),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

async function plan(text: string, zones: readonly string[] = BERLIN): Promise<ImportPlan> {
  const result = await planImport(text, zones, NOW);
  if ('kind' in result) throw new Error(result.message);
  return result;
}
const messages = async (text: string, zones?: readonly string[]) => (await plan(text, zones)).problems;

const GERMAN = `BEGIN:VCALENDAR\r
PRODID:-//Feiertage Deutschland//DE\r
VERSION:2.0\r
X-WR-CALNAME:Feiertage Nordrhein-Westfalen\r
BEGIN:VTIMEZONE\r
TZID:Europe/Berlin\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:19700329T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
END:DAYLIGHT\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:tag-der-arbeit@feiertage.example\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20270501\r
DTEND;VALUE=DATE:20270502\r
SUMMARY:Tag der Arbeit\r
TRANSP:TRANSPARENT\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:einheit@feiertage.example\r
DTSTART;VALUE=DATE:19901003\r
RRULE:FREQ=YEARLY\r
SUMMARY:Tag der Deutschen Einheit\\, gesetzl\r
 icher Feiertag in allen L\r
\tändern\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:weihnachten@feiertage.example\r
DTSTART;VALUE=DATE:20271225\r
DURATION:P2D\r
SUMMARY;LANGUAGE=de:1. und 2. Weihnachtstag\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-P1D\r
END:VALARM\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:neujahr-2027@feiertage.example\r
DTSTART;VALUE=DATE:20270101\r
SUMMARY:Neujahr\r
END:VEVENT\r
END:VCALENDAR\r
`;

it('reads a German calendar of holidays: folds, escapes, whole days, yearly rules', async () => {
  const { closures, pastCount, problems } = await plan(GERMAN, ['Europe/Berlin', 'Asia/Tokyo']);
  expect(problems).toEqual([]);
  expect(pastCount).toBe(1);
  expect(closures).toEqual([
    {
      sourceUid: 'tag-der-arbeit@feiertage.example',
      title: 'Tag der Arbeit',
      startsLocal: '2027-05-01T00:00:00.000',
      endsLocal: '2027-05-02T00:00:00.000',
      rrule: null,
      exdates: [],
    },
    {
      sourceUid: 'einheit@feiertage.example',
      title: 'Tag der Deutschen Einheit, gesetzlicher Feiertag in allen Ländern',
      startsLocal: '1990-10-03T00:00:00.000',
      endsLocal: '1990-10-04T00:00:00.000',
      rrule: 'FREQ=YEARLY',
      exdates: [],
    },
    {
      sourceUid: 'weihnachten@feiertage.example',
      title: '1. und 2. Weihnachtstag',
      startsLocal: '2027-12-25T00:00:00.000',
      endsLocal: '2027-12-27T00:00:00.000',
      rrule: null,
      exdates: [],
    },
  ]);
});

it('reads the same with a byte order mark and bare line feeds', async () => {
  expect(await plan(`\uFEFF${GERMAN.replaceAll('\r\n', '\n')}`)).toEqual(await plan(GERMAN));
});

const times = async (text: string, zones?: readonly string[]) =>
  (await plan(text, zones)).closures.map(({ startsLocal, endsLocal }) => [
    startsLocal.slice(0, 16),
    endsLocal.slice(0, 16),
  ]);

it('keeps floating times as clocks show them, in any number of zones', async () => {
  const text = calendar(`UID:1
    DTSTART:20270302T080000
    DURATION:P1DT2H30M
    SUMMARY:Move`);
  expect(await times(text, ['Europe/Berlin', 'Asia/Tokyo'])).toEqual([
    ['2027-03-02T08:00', '2027-03-03T10:30'],
  ]);
});

it('converts times of a zone where all resources stand in one', async () => {
  const text = calendar(
    `UID:utc
    DTSTART:20270302T080000Z
    DTEND:20270302T093000Z
    SUMMARY:UTC`,
    `UID:york
    DTSTART;TZID=America/New_York:20270702T080000
    DURATION:PT2H
    SUMMARY:York`,
    `UID:clock change
    DTSTART;TZID=Europe/Berlin:20270327T120000
    DURATION:P1DT1H
    SUMMARY:Same zone`,
  );
  expect(await times(text)).toEqual([
    ['2027-03-02T09:00', '2027-03-02T10:30'],
    ['2027-07-02T14:00', '2027-07-02T16:00'],
    ['2027-03-27T12:00', '2027-03-28T13:00'],
  ]);
  expect((await messages(text, ['Europe/Berlin', 'Asia/Tokyo'])).map(({ uid }) => uid)).toEqual([
    'utc',
    'york',
    'clock change',
  ]);
});

it('covers an event in the second of two equal hours, and so the first one too', async () => {
  const utc = (from: string, to: string) =>
    calendar(`UID:1
    DTSTART:20271031T${from}00Z
    DTEND:20271031T${to}00Z
    SUMMARY:x`);
  const night = (from: string, to: string) => [[`2027-10-31T${from}`, `2027-10-31T${to}`]];
  expect(await times(utc('0000', '0030'))).toEqual(night('02:00', '02:30'));
  expect(await times(utc('0030', '0100'))).toEqual(night('02:30', '03:00'));
  expect(await times(utc('0030', '0130'))).toEqual(night('02:30', '03:00'));
  expect(await times(utc('0100', '0145'))).toEqual(night('02:00', '03:00'));
  expect(await times(utc('0145', '0200'))).toEqual(night('02:45', '03:00'));
  expect(await times(utc('0200', '0230'))).toEqual(night('03:00', '03:30'));
});

it('knows zones by the name that the file gives them', async () => {
  const zone = (more: string) => `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time${more}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;
  const event = `UID:1
    DTSTART;TZID=W. Europe Standard Time:20270702T080000
    DTEND;TZID=W. Europe Standard Time:20270702T100000
    SUMMARY:Outlook`;
  const withZone = (more: string, text: string) =>
    calendar(text).replace('BEGIN:VEVENT', `${zone(more)}\nBEGIN:VEVENT`);
  expect(await times(withZone('', event), ['Europe/London'])).toEqual([
    ['2027-07-02T07:00', '2027-07-02T09:00'],
  ]);
  const weekly = `${event}
    RRULE:FREQ=WEEKLY`;
  expect(await times(withZone('\nX-LIC-LOCATION:Europe/Berlin', weekly))).toEqual([
    ['2027-07-02T08:00', '2027-07-02T10:00'],
  ]);
  expect(await messages(withZone('', weekly))).toMatchObject([
    { message: expect.stringContaining('recurs by the clocks of W. Europe Standard Time') },
  ]);
  const hostile = withZone('', event).replace('FREQ=YEARLY;INTERVAL=1', 'FREQ=SECONDLY;INTERVAL=1');
  expect(await messages(hostile)).toMatchObject([{ message: expect.stringContaining('does not say') }]);
  expect(await messages(calendar(event))).toMatchObject([
    { message: 'The file does not say what the time zone W. Europe Standard Time is.' },
  ]);
});

it('follows a zone of the file through few clocks, and not for ever', async () => {
  const clock = (part = 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU') =>
    `BEGIN:STANDARD\nDTSTART:20000101T020000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n${part}\nEND:STANDARD\n`;
  const within = (clocks: string, year = 2027) =>
    messages(
      calendar(`UID:1
      DTSTART;TZID=Ours:${year}0702T080000
      DURATION:PT1H
      SUMMARY:x`).replace('BEGIN:VEVENT', `BEGIN:VTIMEZONE\nTZID:Ours\n${clocks}END:VTIMEZONE\nBEGIN:VEVENT`),
    );
  const unsaid = [{ line: expect.any(Number), uid: '1', message: expect.stringContaining('does not say') }];
  expect(await within(clock().repeat(20))).toEqual([]);
  expect(await within(clock().repeat(21))).toEqual(unsaid);
  expect(await within(clock(`RDATE:20000101T020000${',20010101T020000'.repeat(20)}`))).toEqual(unsaid);
  expect(await within(clock(), 2100)).toEqual([]);
  expect(await within(clock(), 8999)).toMatchObject([
    { message: 'The clocks of Ours, which the file describes itself, are followed until 2100.' },
  ]);
});

it('takes as RECURRENCE-ID what is a time alone', async () => {
  const master = `UID:1
    DTSTART:20270301T090000
    RRULE:FREQ=DAILY
    SUMMARY:x
    DURATION:PT1H`;
  const changed = (id: string) => `UID:1
    RECURRENCE-ID:${id}
    DTSTART:20270302T100000
    DURATION:PT1H
    SUMMARY:x`;
  expect(await messages(calendar(master, changed('20270302T090000')))).toEqual([]);
  for (const id of ['20270302T090000\0', `20270302T09${'0'.repeat(9000)}`, 'tomorrow', '2027-03-02'])
    for (const { sourceUid } of (await plan(calendar(master, changed(id)))).closures)
      expect(sourceUid).toMatch(/^1( 2027-03-02T09:00:00)?$/);
  expect(await messages(calendar(master, changed('tomorrow')))).toHaveLength(1);
});

it('leaves out up to 1000 occurrences', async () => {
  const out = (dates: number) =>
    messages(
      calendar(`UID:1
      DTSTART:20270301T090000
      DURATION:PT1H
      RRULE:FREQ=DAILY
      EXDATE:20270301T090000${',20270302T090000'.repeat(dates - 1)}
      SUMMARY:x`),
    );
  expect(await out(1000)).toEqual([]);
  expect(await out(1001)).toMatchObject([{ message: 'It leaves out more than 1000 occurrences.' }]);
});

it('makes a UID that cannot be kept a problem of its event', async () => {
  const event = (uid: string) => `UID:${uid}\nDTSTART;VALUE=DATE:20270501\nSUMMARY:x`;
  const said = await messages(
    calendar(event('a\0b'), event('a\ud800b'), event('u'.repeat(801)), event('u'.repeat(800)), event(' ')),
  );
  expect(said.map(({ message }) => message)).toEqual([
    'Its UID cannot be kept: A text cannot contain the NUL character.',
    'Its UID cannot be kept: A text cannot contain half a character.',
    'Its UID cannot be kept: This can have at most 800 characters.',
    'It has no UID.',
  ]);
  for (const { uid } of said) expect((uid ?? '').isWellFormed() && !uid?.includes('\0')).toBe(true);
});

it('leaves out what EXDATE and changed occurrences leave out, and imports those by themselves', async () => {
  const { closures, cancelledCount, problems } = await plan(
    calendar(
      `UID:cleaning
      DTSTART:20270301T180000
      DTEND:20270301T200000
      RRULE:FREQ=WEEKLY;UNTIL=20271231T235959
      EXDATE:20270308T180000,20270315T180000
      SUMMARY:Cleaning`,
      `UID:cleaning
      RECURRENCE-ID:20270322T180000
      DTSTART:20270323T190000
      DTEND:20270323T210000
      SUMMARY:Cleaning on Tuesday`,
      `UID:cleaning
      RECURRENCE-ID:20270329T180000
      DTSTART:20270329T180000
      DTEND:20270329T200000
      STATUS:CANCELLED
      SUMMARY:Cleaning`,
      `UID:alone
      RECURRENCE-ID:20270329T180000
      DTSTART:20270329T180000
      DTEND:20270329T200000
      SUMMARY:Orphan`,
    ),
  );
  expect(closures).toMatchObject([
    {
      sourceUid: 'cleaning',
      exdates: [
        '2027-03-08T18:00:00.000',
        '2027-03-15T18:00:00.000',
        '2027-03-22T18:00:00.000',
        '2027-03-29T18:00:00.000',
      ],
    },
    { sourceUid: 'cleaning 2027-03-22T18:00:00', title: 'Cleaning on Tuesday', rrule: null, exdates: [] },
  ]);
  expect(cancelledCount).toBe(1);
  expect(problems).toMatchObject([{ uid: 'alone', message: expect.stringContaining('RECURRENCE-ID') }]);
});

it('names the line and the UID of every event that cannot be a closure', async () => {
  const text = calendar(
    `UID:fine
    DTSTART;VALUE=DATE:20270501
    SUMMARY:Fine`,
    `UID:no-start
    SUMMARY:x`,
    `DTSTART;VALUE=DATE:20270501
    SUMMARY:No UID`,
    `UID:february
    DTSTART;VALUE=DATE:20270230
    SUMMARY:x`,
    `UID:backwards
    DTSTART:20270302T100000
    DTEND:20270302T090000
    SUMMARY:x`,
    `UID:mixed
    DTSTART:20270302T100000
    DTEND;VALUE=DATE:20270303
    SUMMARY:x`,
    `UID:untitled
    DTSTART;VALUE=DATE:20270501`,
    `UID:broken
    DTSTART;VALUE=DATE:20270501
    SUMMARY`,
    `UID:rdate
    DTSTART;VALUE=DATE:20270501
    RDATE;VALUE=DATE:20270601
    SUMMARY:x`,
    `UID:fine
    DTSTART;VALUE=DATE:20270601
    SUMMARY:Twice`,
  );
  const lines = text.split('\r\n');
  const { closures, problems } = await plan(text);
  expect(closures.map(({ title }) => title)).toEqual(['Fine']);
  expect(problems.map(({ uid }) => uid)).toEqual([
    'no-start',
    null,
    'february',
    'backwards',
    'mixed',
    'untitled',
    'broken',
    'rdate',
    'fine',
  ]);
  for (const { line } of problems) expect(lines[line - 1]).toBe('BEGIN:VEVENT');
  expect(problems.find(({ uid }) => uid === 'rdate')?.message).toBe(
    'RDATE is not supported: make it an event.',
  );
});

it('skips what is over everywhere, and keeps rules that go on', async () => {
  const { closures, pastCount } = await plan(
    calendar(
      `UID:yesterday
      DTSTART;VALUE=DATE:20270227
      SUMMARY:Yesterday`,
      `UID:still in Hawaii
      DTSTART:20270228T000000
      DTEND:20270228T210000
      SUMMARY:Hawaii`,
      `UID:ended
      DTSTART;VALUE=DATE:20200101
      RRULE:FREQ=YEARLY;UNTIL=20270101
      SUMMARY:Ended`,
      `UID:counted
      DTSTART;VALUE=DATE:20200101
      RRULE:FREQ=YEARLY;COUNT=3
      SUMMARY:Counted`,
      `UID:leap
      DTSTART;VALUE=DATE:20240229
      RRULE:FREQ=YEARLY
      SUMMARY:Leap day`,
    ),
  );
  expect(pastCount).toBe(3);
  expect(closures.map(({ title }) => title)).toEqual(['Hawaii', 'Leap day']);
});

it('refuses what is no calendar, or too large a one', async () => {
  const message = async (text: string) =>
    ((await planImport(text, BERLIN, NOW)) as { message: string }).message;
  expect(await message('hello')).toBe('Line 1: An iCalendar file begins with BEGIN:VCALENDAR.');
  expect(await message('BEGIN:VCALENDAR\nBEGIN:VEVENT\n')).toBe('Line 2: BEGIN:VEVENT has no end.');
  expect(await message('BEGIN:VCALENDAR\nEND:VEVENT\n')).toBe('Line 2: END:VEVENT ends what has not begun.');
  const nested = (depth: number) => 'BEGIN:X\n'.repeat(depth) + 'END:X\n'.repeat(depth);
  const around = (inside: string) => `BEGIN:VCALENDAR\n${inside}END:VCALENDAR\n`;
  expect(await message(around(nested(10)))).toBe('Line 11: Components stand in each other up to 10 deep.');
  expect((await plan(around(nested(9)))).problems).toEqual([]);
  expect(await message(calendar(`UID:1\nSUMMARY:${'x'.repeat(80 * 1024)}`))).toBe(
    'A calendar has at most 80 KiB: import a larger one in parts.',
  );
  const many = Array.from({ length: 1001 }, (_, index) => `UID:${index}`);
  expect(await message(calendar(...many))).toBe('A calendar has at most 1000 events.');
  for (const parts of ['DAILY;BYMONTH=1', 'MONTHLY;BYDAY=MO;BYSETPOS=5']) {
    const slow = many.slice(0, 21).map(
      (uid) => `${uid}
      DTSTART;VALUE=DATE:20200101
      RRULE:FREQ=${parts};COUNT=900
      SUMMARY:January`,
    );
    expect(await message(calendar(...slow))).toBe(
      'A calendar has at most 20 rules with BYSETPOS, BYWEEKNO or BYYEARDAY, or DAILY and WEEKLY ones with BYMONTH or BYMONTHDAY.',
    );
    expect((await plan(calendar(...slow.slice(1)))).closures).toHaveLength(20);
  }
  expect((await plan(calendar())).closures).toEqual([]);
});
