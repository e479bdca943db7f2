import {
  claimSync,
  giveBackSync,
  holdSync,
  renewSync,
  type SyncOutcome,
  settleSync,
} from '../../sql/directory/sync-lease.js';
import { tellAdministrators } from '../../sql/directory/tell-administrators.js';
import type { Ctx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { newId } from '../ids.js';
import type { DirectorySignIn } from './directory-rules.js';
import { DirectorySync, type SyncSettings, type Tenure } from './sync-directory.js';
import type { SyncReport } from './sync-report.js';

export interface PeriodicSync extends SyncSettings {
  readonly rules: DirectorySignIn;
  readonly everyMs: number;
}

export interface SyncCommand {
  readonly atOnce: boolean;
  readonly acceptLosses: boolean;
  readonly signal?: AbortSignal;
}

/** Renewed three times in it, however long the directory takes. */
const LEASE_MS = 180_000;
const FIRST_RETRY_MS = 30_000;

/** Thrown where a sync must not write any more: its lease was taken over or given back. */
class Superseded extends Error {}

/** What a sync would do, without doing it and without waiting for one that runs. */
export const rehearseSync = (ctx: Ctx, { rules, ...settings }: PeriodicSync): Promise<SyncReport> =>
  new DirectorySync(ctx, rules, settings, { dryRun: true, acceptLosses: false }, async () => undefined).run();

/**
 * Syncs, by one of any number of processes at a time. What a killed one has begun is found done or not by the next,
 * three minutes later; one that was frozen meanwhile writes nothing any more. A directory that is down is tried again
 * sooner than the next sync is due, less and less soon.
 * @param order.atOnce does not wait until it is due
 * @param order.signal ends it where it is; the next one begins anew
 * @returns the report, or null when it is not due or another process is at it
 * @throws Unavailable when the directory or the database does not answer
 */
export async function runDirectorySync(
  ctx: Ctx,
  sync: PeriodicSync,
  { atOnce, acceptLosses, signal }: SyncCommand,
): Promise<SyncReport | null> {
  const token = newId();
  const claimed = await claimSync(ctx.db, ctx.clock.fixed(), token, LEASE_MS, atOnce);
  if (!claimed) return null;
  const { rules, everyMs, ...settings } = sync;
  const stopRenewing = keepRenewing(ctx, token);
  try {
    const order = { dryRun: false, acceptLosses };
    const run = new DirectorySync(ctx, rules, settings, order, tenureOf(token)).run();
    const report = await (signal ? Promise.race([run, abortOf(signal)]) : run);
    await settle(ctx, token, report, claimed.outcome, everyMs);
    return report;
  } catch (error) {
    if (error instanceof Superseded) {
      await giveBackSync(ctx.db, token);
      return null;
    }
    const nextInMs = Math.min(everyMs, FIRST_RETRY_MS * 2 ** claimed.failures);
    const end = { outcome: 'FAILED', message: messageOf(error), report: null, nextInMs } as const;
    await settleSync(ctx.db, ctx.clock.fixed(), token, end).catch(() => giveBackSync(ctx.db, token));
    throw error;
  } finally {
    stopRenewing();
  }
}

function keepRenewing({ db, clock, log }: Ctx, token: string): () => void {
  const renew = () =>
    renewSync(db, clock.fixed(), token, LEASE_MS).catch((error) =>
      log.warn({ err: error }, 'the lease of the sync with the directory could not be renewed'),
    );
  const timer = setInterval(renew, LEASE_MS / 3);
  timer.unref();
  return () => clearInterval(timer);
}

const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => reject(new Superseded('stopped'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const tenureOf =
  (token: string): Tenure =>
  async (tx) => {
    if (!(await holdSync(tx, token))) throw new Superseded('another process syncs with the directory');
  };

/** Administrators are told once of a row of refusals. */
async function settle(
  ctx: Ctx,
  token: string,
  report: SyncReport,
  before: SyncOutcome | null,
  nextInMs: number,
): Promise<void> {
  const { refusal: message, changes: _changes, ...facts } = report;
  const outcome = message === null ? 'APPLIED' : 'REFUSED';
  await ctx.db.transaction(async (tx) => {
    const settled = await settleSync(tx, ctx.clock.fixed(), token, { outcome, message, report, nextInMs });
    if (!settled) throw new Superseded('another process syncs with the directory');
    if (message === null || before === 'REFUSED') return;
    await recordAudit(tx, ctx, {
      action: 'directory.refuseSync',
      subjectId: null,
      after: { message, ...facts },
    });
    await tellAdministrators(tx, ctx.clock.fixed(), message);
  });
  if (message !== null) ctx.log.error(facts, `the sync with the directory was refused: ${message}`);
  else ctx.log.info(facts, 'synced with the directory');
}
