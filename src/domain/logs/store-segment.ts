import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Clock } from '../../ports/clock.js';
import type { FileStore } from '../../ports/file-store.js';
import type { LogSegment } from '../../ports/log-segments.js';
import { hastenStrayFile } from '../../sql/attachments/stray-files.js';
import { expectFile } from '../../sql/attachments/upload.js';
import { nameLogFile } from '../../sql/logs/name-log-file.js';
import type { Database } from '../../sql/statement.js';
import { newId } from '../ids.js';
import { LineFacts } from './line-facts.js';

/** What files of the log are stored with. */
export interface LogStore {
  readonly db: Database;
  readonly clock: Clock;
  readonly store: FileStore;
  /** The name of this machine. */
  readonly machine: string;
}

/** By when a file is named, or taken for stray. */
const STRAY_MS = 3_600_000;

function compressed(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  // A failure comes out of what is read.
  pipeline(content, gzip, () => undefined);
  return gzip;
}

/**
 * Moves a full file of the log into the store, once: it is stored under a key that is known to be stray until its row
 * names it, and its own copy goes last. Whatever ends the process in between, the next one begins anew, finds out when
 * there is a row already, and the sweeper removes what was left behind.
 * @throws Unavailable where store or database are away, and what reading it throws; the segment stays
 */
export async function storeSegment(
  { db, clock, store, machine }: LogStore,
  program: string,
  segment: LogSegment,
  signal: AbortSignal,
): Promise<void> {
  const key = newId();
  const facts = new LineFacts();
  await expectFile(db, clock.fixed(), key, STRAY_MS);
  let isNamed = false;
  try {
    await store.put(key, compressed(facts.seen(segment.read(signal))), Number.POSITIVE_INFINITY);
    if (facts.bytes > 0) {
      const { number } = segment;
      const { lines, bytes, from, until } = facts;
      const row = { id: key, program, machine, number, from, until, lines, bytes, sha256: facts.sha256() };
      isNamed = await nameLogFile(db, clock.fixed(), row);
    }
  } finally {
    // Never removed here: an answer that was lost may have been a yes.
    if (!isNamed) await hastenStrayFile(db, clock.fixed(), key);
  }
  await segment.remove(facts.bytes);
}
