import { type LookupAddress, lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Carried, Courier, Letter } from '../../ports/courier.js';
import { isPublicAddress } from './public-address.js';

/** Every address of a name. */
export type Resolve = (
  name: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface CourierOptions {
  /** Lets it go anywhere: for tests, and for an intranet whose managers may reach all of it. */
  readonly allowPrivate: boolean;
  /** For the whole exchange. */
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
}

const TIMEOUT_MS = 10_000;
const EXCERPT_BYTES = 1_000;
const MOST_WORDS = 500;

const resolveAll: Resolve = (name, callback) => resolve(name, { all: true }, callback);

class Forbidden extends Error {
  constructor(name: string, address: string) {
    super(
      name === address
        ? `${name} is no public address`
        : `${name} is at ${address}, which is no public address`,
    );
  }
}

/** A look-up that gives the judged addresses, so that there is no second one that could give others. */
const judgedLookup =
  (resolveName: Resolve, isAllowed: (address: string) => boolean): LookupFunction =>
  (name, options, callback) =>
    resolveName(name, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error(`${name} has no address`), []);
      const forbidden = addresses.find(({ address }) => !isAllowed(address));
      if (forbidden) return callback(new Forbidden(name, forbidden.address), []);
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });

/** Connects to judged addresses only. What is an address itself is not looked up, so it is judged before. */
function judgedConnector({
  allowPrivate,
  resolve: resolveName = resolveAll,
}: CourierOptions): buildConnector.connector {
  const isAllowed = (address: string) => allowPrivate || isPublicAddress(address);
  const connect = buildConnector({
    allowH2: false,
    autoSelectFamily: true,
    lookup: judgedLookup(resolveName, isAllowed),
  });
  return (options, callback) => {
    const name = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(name) && !isAllowed(name)) return callback(new Forbidden(name, name), null);
    connect({ ...options, hostname: name }, callback);
  };
}

/** Text that PostgreSQL can keep. */
const keepable = (text: string): string => text.replaceAll('\0', '');

/** The beginning of the body. */
async function excerptOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= EXCERPT_BYTES) break;
    }
  } catch {
    // The status is the answer; what is missing of the body changes nothing.
  }
  return keepable(Buffer.concat(chunks).subarray(0, EXCERPT_BYTES).toString('utf8'));
}

/** An error's own words, or those of the first attempt that it stands for. */
function wordsOf(error: unknown): string {
  const { message, errors } = error as Partial<AggregateError>;
  return message || (errors?.[0] ? wordsOf(errors[0]) : String(error));
}

/** The courier over HTTP/1.1 by undici, whose agent follows no redirect by itself. */
export function undiciCourier(options: CourierOptions): Courier {
  const { timeoutMs = TIMEOUT_MS } = options;
  // as many connections to a host as are asked for: it may serve several receivers, of which one is slow
  const agent = new Agent({ connect: judgedConnector(options) });
  return {
    async post({ url, headers, body }: Letter): Promise<Carried> {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const { origin, pathname, search } = new URL(url);
        const answer = await agent.request({
          origin,
          path: pathname + search,
          method: 'POST',
          headers,
          body,
          signal,
        });
        const retryAfter = [answer.headers['retry-after'] ?? null].flat()[0] ?? null;
        const excerpt = await excerptOf(answer.body);
        return { kind: 'ANSWERED', status: answer.statusCode, excerpt, retryAfter };
      } catch (error) {
        const message = signal.aborted ? `no answer within ${timeoutMs} ms` : wordsOf(error);
        return { kind: 'FAILED', message: keepable(message).slice(0, MOST_WORDS) };
      }
    },
    close: () => agent.destroy(),
  };
}
