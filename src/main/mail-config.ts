import type { Values } from './variables.js';

/** The mail server that the environment names. */
export interface MailConfig {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly startTls: 'REQUIRED' | 'OFFERED' | 'NEVER';
  readonly user: string | null;
  readonly password: string | null;
  readonly caFile: string | null;
  readonly from: { readonly name: string; readonly address: string };
}

const [SECURE_PORT, SUBMISSION_PORT, RELAY_PORT] = [465, 587, 25];

const startTlsOf = (chosen: Values['SMTP_STARTTLS'], hasUser: boolean): MailConfig['startTls'] => {
  if (chosen === 'off') return 'NEVER';
  // Who listens on the way could strike out the offer, and read the password.
  return chosen === 'required' || hasUser ? 'REQUIRED' : 'OFFERED';
};

/** What the variables say of mails; null where they name no server, whatever the others say. */
export function mailOf(values: Values): MailConfig | null {
  if (values.SMTP_URL === null || values.MAIL_FROM === null) return null;
  const { protocol, hostname, port, username, password } = new URL(values.SMTP_URL);
  const secure = protocol === 'smtps:';
  const usual = secure ? SECURE_PORT : username ? SUBMISSION_PORT : RELAY_PORT;
  return {
    host: hostname,
    port: port ? Number(port) : usual,
    secure,
    startTls: startTlsOf(values.SMTP_STARTTLS, username !== ''),
    user: username ? decodeURIComponent(username) : null,
    password: password ? decodeURIComponent(password) : null,
    caFile: values.SMTP_CA_FILE,
    from: values.MAIL_FROM,
  };
}
