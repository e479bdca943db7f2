import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { Client, type ClientOptions } from 'ldapts';

/** What a server may spend on one search: it gives up when nobody waits any more. */
export const SEARCH_SECONDS = 4;

export interface LdapServer {
  /** ldap: or ldaps:, host and port. */
  readonly url: string;
  /** Turns a plain connection into a protected one before anything is said on it. */
  readonly startTls: boolean;
  /** PEM. Null believes the authorities that Node believes. */
  readonly ca: string | null;
}

const hostOf = (url: string) => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');

/** A name for SNI must not be an address; the certificate is compared with the host in either case. */
const tlsTo = (host: string, ca: string | null): ConnectionOptions => ({
  host,
  ...(isIP(host) === 0 && { servername: host }),
  ...(ca !== null && { ca }),
  minVersion: 'TLSv1.2',
});

/**
 * The library connects anew by itself where a server has hung up: what follows would be said by nobody, and
 * without the protection of StartTLS. So there is one socket for each client, and no second.
 */
function sockets() {
  const opened: Socket[] = [];
  const keep = <T extends Socket>(make: () => T): T => {
    if (opened.length > 0) throw new Error('the server has closed the connection');
    const socket = make();
    opened.push(socket);
    return socket;
  };
  return { opened, keep };
}

/**
 * Runs one conversation on a connection of its own, which is closed after it.
 * @param answerMs how long to wait for the connection, and for each answer
 * @throws whatever stood in the way: no connection, no trust in the certificate, no end within `limitMs`
 */
export async function converse<T>(
  { url, startTls, ca }: LdapServer,
  limitMs: number,
  work: (client: Client) => Promise<T>,
  answerMs = limitMs,
): Promise<T> {
  const { opened, keep } = sockets();
  const protection = tlsTo(hostOf(url), ca);
  const byName = url.startsWith('ldaps:');
  const plain = (port: number, host: string) => keep(() => connect(port, host));
  const safe = (port: number, host: string) => keep(() => connectTls({ ...protection, port, host }));
  const dial = byName ? { createSecureConnection: safe } : { createConnection: plain };
  const client = new Client({
    url,
    timeout: answerMs,
    connectTimeout: answerMs,
    ...(dial as unknown as Partial<ClientOptions>),
  });
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  const talk = async () => {
    if (startTls && !byName) await client.startTLS(protection);
    return work(client);
  };
  try {
    return await Promise.race([talk(), limit]);
  } finally {
    clearTimeout(timer);
    for (const socket of opened) socket.destroy();
  }
}
