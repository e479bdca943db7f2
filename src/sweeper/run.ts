import type { PeriodicSync } from '../domain/auth/run-directory-sync.js';
import type { MailParts } from '../domain/mail/send-mail.js';
import type { DeliveryParts } from '../domain/webhooks/deliver.js';
import type { Mailer } from '../ports/mailer.js';
import { Deliveries } from './deliveries.js';
import { DirectorySyncs } from './directory-syncs.js';
import { Mails } from './mails.js';
import {
  announceApprovals,
  expireHolds,
  pruneOld,
  relayWakes,
  releaseUnattended,
  remind,
  type SweeperParts,
} from './tasks.js';

export interface SweeperOptions {
  /** How often to look for dead holds and to relay wake-ups. */
  readonly intervalMs: number;
  /** How long changes stay in the outbox. */
  readonly historyDays: number;
  /** How often to prune. */
  readonly pruneMs?: number;
}

/** Wake-ups of the last rounds are relayed again: a wake-up too many costs one reading, one too few a second. */
const RELAY_ROUNDS = 3;
/** A reminder may be this late. */
const REMIND_MS = 15_000;
/** And so may a sync with the directory. */
const SYNC_MS = 5_000;

/**
 * Repeats a task, never two rounds at once; a round that fails is logged and the next one tries again, so
 * that a database that comes back needs no hand.
 */
function repeat(everyMs: number, task: () => Promise<unknown>, onError: (error: unknown) => void) {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let running = Promise.resolve();
  const round = () => {
    running = task()
      .then(() => undefined, onError)
      .then(() => {
        if (!stopped) timer = setTimeout(round, everyMs);
      });
  };
  round();
  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    await running;
  };
}

/** What a sweeper has; without a mailer it sends no mails, and without a directory it syncs with none. */
type RunParts = SweeperParts &
  DeliveryParts & { readonly mailer: Mailer | null; readonly directorySync?: PeriodicSync | null };

const mailsOf = (parts: RunParts): Mails | null => {
  const { mailer } = parts;
  return mailer && new Mails({ ...parts, mailer } satisfies MailParts);
};

/** Starts sweeping. `stop` lets the round in progress finish. */
export function runSweeper(parts: RunParts, options: SweeperOptions): { stop(): Promise<void> } {
  const { intervalMs, historyDays, pruneMs = 60_000 } = options;
  const failed = (task: string) => (error: unknown) =>
    parts.log.warn({ err: error, task }, 'a sweep failed; trying again');
  const deliveries = new Deliveries(parts);
  const mails = mailsOf(parts);
  const syncs = parts.directorySync?.everyMs ? new DirectorySyncs(parts, parts.directorySync) : null;
  const stops = [
    repeat(intervalMs, () => expireHolds(parts), failed('expire')),
    repeat(intervalMs, () => releaseUnattended(parts), failed('release')),
    repeat(intervalMs, () => announceApprovals(parts), failed('announce')),
    repeat(intervalMs, () => relayWakes(parts, RELAY_ROUNDS * intervalMs), failed('relay')),
    repeat(intervalMs, () => deliveries.round(), failed('deliver')),
    repeat(REMIND_MS, () => remind(parts), failed('remind')),
    ...(mails ? [repeat(intervalMs, () => mails.round(), failed('mail'))] : []),
    ...(syncs ? [repeat(SYNC_MS, () => syncs.round(), failed('directory'))] : []),
    repeat(pruneMs, () => pruneOld(parts, historyDays), failed('prune')),
  ];
  return {
    async stop() {
      mails?.stop();
      syncs?.stop();
      await Promise.all([...stops.map((stop) => stop()), deliveries.stop()]);
    },
  };
}
