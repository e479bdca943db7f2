import { createTransport } from 'nodemailer';
import type { Mail, Mailed, Mailer } from '../../ports/mailer.js';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** What becomes of STARTTLS on a connection that begins without TLS. */
  readonly startTls: 'REQUIRED' | 'OFFERED' | 'NEVER';
  readonly user: string | null;
  readonly password: string | null;
  /** PEM; null believes whom Node believes. */
  readonly ca: string | null;
  readonly from: Mailer['from'];
  /** For one whole mail, from waiting for a connection to the last answer. */
  readonly timeoutMs?: number;
}

/** What the library adds to an error that the server's answer has caused. */
interface SmtpError extends Error {
  readonly command?: string;
  readonly responseCode?: number;
  /** 5yz, but for those that say nothing about the mail. */
  readonly permanent?: boolean;
}

/** Well below the lease of a sweeper, so that a mail is not sent by two because the server is slow. */
const TIMEOUT_MS = 30_000;
const CONNECT_MS = 10_000;
const CONNECTIONS = 4;
const MOST_WORDS = 500;

/** What people may have as an address and no mail program reads as two, or as another. */
const ADDRESS = /^[^@\s<>()[\]\\,;:"\p{Cc}]+@[^@\s<>()\\,;"\p{Cc}]+$/u;

/** A line break would end a header, and NUL the text in PostgreSQL. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/**
 * A server that takes no mail from us, or asks for another password, says nothing about the mail: only what it
 * answers to recipient and content does.
 */
function judge(error: SmtpError): Mailed {
  const message = oneLine(error.message).slice(0, MOST_WORDS);
  const reached = error.command === 'RCPT TO' || error.command === 'DATA';
  if (reached && error.permanent) return { kind: 'REFUSED', message };
  return { kind: 'FAILED', message, reached: reached && error.responseCode !== undefined };
}

const partsOf = (mail: Mail, from: Mailer['from']) => ({
  // Said apart from the headers, so that no name or address can add a recipient.
  envelope: { from: from.address, to: [mail.to.address] },
  from: { name: oneLine(from.name), address: from.address },
  to: { name: oneLine(mail.to.name), address: mail.to.address },
  subject: oneLine(mail.subject),
  messageId: `<${mail.messageId}>`,
  text: mail.text,
  html: mail.html,
  ...(mail.calendar && { icalEvent: { ...mail.calendar, filename: 'reservation.ics' } }),
  // RFC 3834: nobody's out-of-office note is wanted.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

/** The mailer over SMTP by nodemailer, on a few connections that stay open. */
export function smtpMailer(server: MailServer): Mailer {
  const { from, user, password, timeoutMs = TIMEOUT_MS } = server;
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    // The outbox tries again, and counts it: a connection that breaks is no reason to do so unseen.
    maxRequeues: 0,
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.startTls === 'REQUIRED',
    ignoreTLS: server.startTls === 'NEVER',
    ...(server.ca && { tls: { ca: server.ca } }),
    ...(user !== null && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    domain: from.address.slice(from.address.lastIndexOf('@') + 1),
    from,
    async send(mail) {
      if (!ADDRESS.test(mail.to.address))
        return { kind: 'REFUSED', message: 'the address cannot be written to' };
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        await transport.sendMail({ ...partsOf(mail, from), signal });
        return { kind: 'ACCEPTED' };
      } catch (error) {
        if (signal.aborted)
          return { kind: 'FAILED', message: `no answer within ${timeoutMs} ms`, reached: false };
        return judge(error as SmtpError);
      }
    },
    close: () => Promise.resolve(transport.close()),
  };
}
