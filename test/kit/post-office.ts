import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { smtpMailer } from '../../src/infra/mailer/nodemailer.js';
import type { Mailer } from '../../src/ports/mailer.js';
import { leaves, type Part, readMime } from './mime.js';

/** One mail as it came. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly headers: Part['headers'];
  readonly text: string;
  readonly html: string;
  readonly calendar: string;
  /** The content type of the calendar's part, with its method. */
  readonly calendarType: string;
  readonly parts: readonly Part[];
}

/** What becomes of a mail once it is all there: taken, a refusal with that code, or the connection is cut. */
export type Fate = 'TAKEN' | 'CUT' | number;

/** A real SMTP server on loopback that keeps what it takes, and closes after the last test of the file. */
export interface PostOffice {
  readonly port: number;
  readonly url: string;
  readonly received: Received[];
  /** Every mail that has come to its end, taken or not. */
  readonly seen: Received[];
  fate: (mail: Received) => Fate | Promise<Fate>;
  /** What it says to a recipient: null takes it. */
  recipient: (address: string) => number | null;
  stop(): Promise<void>;
  /** Again on the same port. */
  start(): Promise<void>;
}

function received(raw: string, from: string, to: readonly string[]): Received {
  const mail = readMime(raw);
  const parts = leaves(mail);
  const part = (type: string) => parts.find((each) => each.type.startsWith(type));
  return {
    from,
    to,
    raw,
    headers: mail.headers,
    text: part('text/plain')?.text ?? '',
    html: part('text/html')?.text ?? '',
    calendar: part('text/calendar')?.text ?? '',
    calendarType: part('text/calendar')?.type ?? '',
    parts,
  };
}

/** All of it; null where the sender was gone before its end. */
async function whole(stream: NodeJS.ReadableStream): Promise<string | null> {
  let raw = '';
  try {
    for await (const chunk of stream.setEncoding('latin1')) raw += chunk;
    return raw;
  } catch {
    return null;
  }
}

const refusal = (code: number) => Object.assign(new Error(`no ${code}`), { responseCode: code });

const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Starts one that takes everything until the test says otherwise. */
export async function postOffice(options: SMTPServerOptions = {}): Promise<PostOffice> {
  let server: SMTPServer | null = null;
  const make = () =>
    new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, done) => {
        const code = office.recipient(address);
        done(code === null ? null : refusal(code));
      },
      onData: async (stream, session, done) => {
        const raw = await whole(stream);
        if (raw === null) return;
        const { mailFrom, rcptTo } = session.envelope;
        const mail = received(
          raw,
          mailFrom ? mailFrom.address : '',
          rcptTo.map(({ address }) => address),
        );
        office.seen.push(mail);
        const fate = await office.fate(mail);
        if (fate === 'TAKEN') {
          office.received.push(mail);
          done();
        } else if (fate === 'CUT') for (const each of server?.connections ?? []) each.close();
        else done(refusal(fate));
      },
      ...options,
    });
  const office = {
    port: 0,
    url: '',
    received: [] as Received[],
    seen: [] as Received[],
    fate: (() => 'TAKEN') as PostOffice['fate'],
    recipient: (() => null) as PostOffice['recipient'],
    async start() {
      const next = make();
      server = next;
      next.on('error', () => {});
      await new Promise<void>((resolve) => next.listen(office.port, '127.0.0.1', resolve));
      office.port = (next.server.address() as AddressInfo).port;
      office.url = `smtp://127.0.0.1:${office.port}`;
    },
    async stop() {
      const last = server;
      server = null;
      if (last) await new Promise<void>((resolve) => last.close(resolve));
    },
  };
  await office.start();
  closers.push(() => office.stop());
  return office;
}

export const SENDER = { name: 'Rooms', address: 'rooms@holdfast.example' };

/** A mailer of its own that leads there. */
export function mailerTo(
  { port }: { readonly port: number },
  facts: Partial<Parameters<typeof smtpMailer>[0]> = {},
): Mailer {
  const mailer = smtpMailer({
    host: '127.0.0.1',
    port,
    secure: false,
    startTls: 'NEVER',
    user: null,
    password: null,
    ca: null,
    from: SENDER,
    timeoutMs: 5_000,
    ...facts,
  });
  closers.unshift(() => mailer.close());
  return mailer;
}
