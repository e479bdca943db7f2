import { readFileSync } from 'node:fs';
import type { Mail } from '../../../src/ports/mailer.js';
import { mailerTo, postOffice, SENDER } from '../../kit/post-office.js';
import { testAuthority } from '../../kit/test-authority.js';

const office = await postOffice();
const mailer = mailerTo(office);

const mail = (facts: Partial<Mail> = {}): Mail => ({
  messageId: 'one@holdfast.example',
  to: { name: 'Zoë, Ltd.', address: 'zoe@example.com' },
  subject: 'Grüße',
  text: 'Hello ✓\n.\nstill there',
  html: '<p>Hello ✓</p>',
  calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
  ...facts,
});

beforeEach(() => {
  office.received.splice(0);
  office.seen.splice(0);
  office.fate = () => 'TAKEN';
  office.recipient = () => null;
});

it('delivers text, HTML and a calendar that programs act on, under the given message id', async () => {
  expect(await mailer.send(mail())).toEqual({ kind: 'ACCEPTED' });
  const [got] = office.received;
  expect(got?.from).toBe(SENDER.address);
  expect(got?.to).toEqual(['zoe@example.com']);
  expect(got?.headers).toMatchObject({
    subject: 'Grüße',
    'message-id': '<one@holdfast.example>',
    from: 'Rooms <rooms@holdfast.example>',
    'auto-submitted': 'auto-generated',
  });
  expect(got?.text.trim()).toBe('Hello ✓\r\n.\r\nstill there');
  expect(got?.html.trim()).toBe('<p>Hello ✓</p>');
  expect(got?.calendarType).toMatch(/^text\/calendar;.*method=REQUEST/);
  expect(got?.calendar).toContain('BEGIN:VCALENDAR');
  expect(got?.parts.map(({ type }) => type.split(';')[0])).toEqual([
    'text/plain',
    'text/html',
    'text/calendar',
    'application/ics',
  ]);
});

it('makes no header and no recipient of what people have typed', async () => {
  const evil = 'Plan\r\nBcc: evil@example.com\r\n\r\nand a body\u2028of lines';
  await mailer.send(
    mail({ subject: evil, to: { name: `${evil}" <evil@example.com>`, address: 'zoe@example.com' } }),
  );
  const [got] = office.received;
  expect(got?.to).toEqual(['zoe@example.com']);
  expect(got?.headers.subject).toBe('Plan Bcc: evil@example.com and a body of lines');
  expect(Object.keys(got?.headers ?? {})).not.toContain('bcc');
});

it.each([
  'zoe@example.com>\r\nRCPT TO:<evil@example.com',
  'zoe>,<evil@example.com',
  'a,b@example.com',
  'zoe',
])('refuses the address %j, which is not that of one person', async (address) => {
  expect(await mailer.send(mail({ to: { name: 'Zoe', address } }))).toMatchObject({ kind: 'REFUSED' });
  expect(office.seen).toEqual([]);
});

it.each([
  [550, 'REFUSED'],
  [452, 'FAILED'],
])('tells a recipient that is refused with %i apart', async (code, kind) => {
  office.recipient = () => code;
  expect(await mailer.send(mail())).toMatchObject({ kind, message: expect.stringContaining(String(code)) });
});

it.each([
  [554, { kind: 'REFUSED' }],
  [451, { kind: 'FAILED', reached: true }],
])('tells a content that is refused with %i apart', async (code, told) => {
  office.fate = () => code;
  expect(await mailer.send(mail())).toMatchObject({
    ...told,
    message: expect.stringContaining(`no ${code}`),
  });
});

it('does not send again by itself where the connection breaks before the answer', async () => {
  office.fate = () => 'CUT';
  expect(await mailer.send(mail())).toMatchObject({ kind: 'FAILED', reached: false });
  expect(office.seen).toHaveLength(1);
});

it('gives up on a server that says nothing, and on one that is not there', async () => {
  office.fate = () => new Promise(() => {});
  const hasty = mailerTo(office, { timeoutMs: 200 });
  expect(await hasty.send(mail())).toEqual({
    kind: 'FAILED',
    message: 'no answer within 200 ms',
    reached: false,
  });
  const gone = await postOffice();
  await gone.stop();
  const told = { kind: 'FAILED', reached: false, message: expect.stringContaining('ECONNREFUSED') };
  expect(await mailerTo(gone).send(mail())).toMatchObject(told);
});

it('says its password only on a protected connection, to a server that the authority vouches for', async () => {
  const authority = testAuthority();
  const heard: string[] = [];
  const secured = await postOffice({
    disabledCommands: [],
    cert: readFileSync(authority.certificateFile, 'utf8'),
    key: readFileSync(authority.keyFile, 'utf8'),
    onAuth: ({ username, password }, _session, done) => {
      heard.push(`${username} ${password}`);
      done(null, { user: username });
    },
  });
  const facts = { startTls: 'REQUIRED', user: 'me', password: 'p w' } as const;
  const trusting = mailerTo(secured, { ...facts, ca: authority.ca, host: 'localhost' });
  expect(await trusting.send(mail())).toEqual({ kind: 'ACCEPTED' });
  expect(heard).toEqual(['me p w']);
  expect(await mailerTo(secured, facts).send(mail())).toMatchObject({ kind: 'FAILED', reached: false });
  const plain = await postOffice();
  expect(await mailerTo(plain, facts).send(mail())).toMatchObject({ kind: 'FAILED', reached: false });
  expect(heard).toHaveLength(1);
});
