import { sweepFiles } from '../domain/attachments/sweep-files.js';
import type { PeriodicSync } from '../domain/auth/run-directory-sync.js';
import type { MailParts } from '../domain/mail/send-mail.js';
import { endErasures } from '../domain/privacy/erase-user.js';
import type { DeliveryParts } from '../domain/webhooks/deliver.js';
import type { FileStore } from '../ports/file-store.js';
import type { Mailer } from '../ports/mailer.js';
import { Deliveries } from './deliveries.js';
import { makeDigests } from './digests.js';
import { DirectorySyncs } from './directory-syncs.js';
import { Mails } from './mails.js';
import { type Keep, retain } from './retain.js';
import {
  announceApprovals,
  expireHolds,
  logChain,
  pruneOld,
  relayWakes,
  releaseUnattended,
  remind,
  type Settled,
  type SweeperParts,
  sealAudit,
} from './tasks.js';
import { sweepWaitlist } from './waitlist.js';

export interface SweeperOptions {
  /** How often to look for dead holds and to relay wake-ups. */
  readonly intervalMs: number;
  /** How long changes stay in the outbox. */
  readonly historyDays: number;
  /** How long everything else stays; left out, what has no use of its own goes with the outbox, and the rest stays. */
  readonly keep?: Keep & Settled;
  /** How often to prune. */
  readonly pruneMs?: number;
}

/** Wake-ups of the last rounds are relayed again: a wake-up too many costs one reading, one too few a second. */
const RELAY_ROUNDS = 3;
/** A reminder and a digest may be this late, and a stray file lie about. */
const REMIND_MS = 15_000;
/** And so may a sync with the directory. */
const SYNC_MS = 5_000;
const RETAIN_MS = 3_600_000;
const DAY_MS = 86_400_000;

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
  DeliveryParts &
  Pick<MailParts, 'publicUrl'> & {
    readonly store: FileStore;
    readonly mailer: Mailer | null;
    readonly directorySync?: PeriodicSync | null;
  };

const mailsOf = (parts: RunParts): Mails | null => {
  const { mailer } = parts;
  return mailer && new Mails({ ...parts, mailer } satisfies MailParts);
};

/** Starts sweeping. `stop` lets the round in progress finish. */
export function runSweeper(parts: RunParts, options: SweeperOptions): { stop(): Promise<void> } {
  const { intervalMs, historyDays, keep, pruneMs = 60_000 } = options;
  const failed = (task: string) => (error: unknown) =>
    parts.log.warn({ err: error, task }, 'a sweep failed; trying again');
  const deliveries = new Deliveries(parts);
  const mails = mailsOf(parts);
  const syncs = parts.directorySync?.everyMs ? new DirectorySyncs(parts, parts.directorySync) : null;
  const stops = [
    repeat(intervalMs, () => expireHolds(parts), failed('expire')),
    repeat(intervalMs, () => releaseUnattended(parts), failed('release')),
    repeat(intervalMs, () => sweepWaitlist(parts), failed('waitlist')),
    repeat(intervalMs, () => announceApprovals(parts), failed('announce')),
    repeat(intervalMs, () => relayWakes(parts, RELAY_ROUNDS * intervalMs), failed('relay')),
    repeat(intervalMs, () => deliveries.round(), failed('deliver')),
    repeat(intervalMs, () => sealAudit(parts), failed('seal')),
    repeat(DAY_MS, () => logChain(parts), failed('log the chain')),
    repeat(REMIND_MS, () => remind(parts), failed('remind')),
    repeat(REMIND_MS, () => sweepFiles(parts, parts.store), failed('files')),
    ...(mails
      ? [
          repeat(REMIND_MS, () => makeDigests(parts), failed('digests')),
          repeat(intervalMs, () => mails.round(), failed('mail')),
        ]
      : []),
    ...(syncs ? [repeat(SYNC_MS, () => syncs.round(), failed('directory'))] : []),
    repeat(pruneMs, () => endErasures(parts), failed('erase')),
    repeat(pruneMs, () => pruneOld(parts, historyDays, keep), failed('prune')),
    ...(keep ? [repeat(RETAIN_MS, () => retain(parts, keep), failed('retain'))] : []),
  ];
  return {
    async stop() {
      mails?.stop();
      syncs?.stop();
      await Promise.all([...stops.map((stop) => stop()), deliveries.stop()]);
    },
  };
}
