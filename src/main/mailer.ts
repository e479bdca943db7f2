import { readFileSync } from 'node:fs';
import { smtpMailer } from '../infra/mailer/nodemailer.js';
import type { Mailer } from '../ports/mailer.js';
import type { Program } from './run.js';

function readCa(path: string | null): string | null {
  if (path === null) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`SMTP_CA_FILE is "${path}", which cannot be read (${code}); allowed is a PEM file.`);
  }
}

/**
 * Who sends our mails; null where no server is named. The server is not asked before there is one to send.
 * @throws Error with a sentence when the file of authorities cannot be read
 */
export function mailerOf({ config, log, releases }: Program): Mailer | null {
  const { mail } = config;
  if (!mail) {
    log.info({}, 'SMTP_URL is not set: no mails are sent');
    return null;
  }
  const mailer = smtpMailer({ ...mail, ca: readCa(mail.caFile) });
  releases.add('mailer', () => mailer.close());
  log.info({ host: mail.host, port: mail.port, from: mail.from.address }, 'mails are sent');
  return mailer;
}
