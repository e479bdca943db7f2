import { pruneIdentity } from '../domain/auth/prune-identity.js';
import { endDeadSeries } from '../domain/presence/end-series.js';
import { waitlist } from '../domain/waitlist/waitlist.js';
import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { Log } from '../ports/log.js';
import { announceEscalations, remindApprovers } from '../sql/approvals/announce.js';
import { readChain } from '../sql/audit/read-chain.js';
import { sealAudit as seal } from '../sql/audit/seal.js';
import { byProgram } from '../sql/audit/source.js';
import { pruneMails } from '../sql/mail/write-mail.js';
import { DEFAULT_LEAD_MINUTES } from '../sql/notifications/leads.js';
import { pruneReminders, remindOf } from '../sql/notifications/remind.js';
import { pruneUsage } from '../sql/operations/write-usage.js';
import { prune } from '../sql/prune.js';
import { expireNextHolds, releaseNext } from '../sql/reservations/expire-holds.js';
import type { Database } from '../sql/statement.js';
import { recentlyChanged } from '../sql/streams/relay-wakes.js';
import { pruneDeliveries } from '../sql/webhooks/write-delivery.js';

export interface SweeperParts {
  readonly db: Database;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Log;
}

const BATCH = 200;
const SWEEPER = 'sweeper';

/**
 * Expires every hold and every request that the clock has killed and announces it. Each hold is claimed by its row lock, so any
 * number of sweepers expire it exactly once; what a killed one had begun rolls back and is claimed anew.
 */
export async function expireHolds(parts: SweeperParts): Promise<number> {
  const total = await clearAll(parts, expireNextHolds);
  if (total > 0) parts.log.info({ holds: total }, 'expired holds');
  return total;
}

/** The same for every reservation to which nobody has checked in by its release; then ends the series that nobody attends. */
export async function releaseUnattended(parts: SweeperParts): Promise<number> {
  const reservations = await clearAll(parts, releaseNext);
  const series = await endDeadSeries({ ...parts, waitlist, requestId: SWEEPER });
  if (reservations + series > 0) parts.log.info({ reservations, series }, 'released what nobody attends');
  return reservations;
}

/** Clears away what the clock has killed, batch by batch, and tells whoever watches. */
async function clearAll({ db, bus, clock }: SweeperParts, clear: typeof expireNextHolds): Promise<number> {
  let total = 0;
  for (;;) {
    const cleared = await clear(db, clock.fixed(), BATCH, byProgram(SWEEPER));
    total += cleared.length;
    const resourceIds = [...new Set(cleared.flatMap((dead) => dead.resourceIds))];
    if (resourceIds.length > 0) bus.wake({ kind: 'streams', resourceIds });
    if (cleared.length < BATCH) return total;
  }
}

/** Reminds approvers and tells those of an escalation, each request once by any number of sweepers. */
export async function announceApprovals({ db, clock, log }: SweeperParts): Promise<void> {
  const reminded = await remindApprovers(db, clock.fixed(), BATCH);
  const escalated = await announceEscalations(db, clock.fixed(), BATCH);
  if (reminded.length + escalated.length > 0)
    log.info({ reminders: reminded.length, escalations: escalated.length }, 'told approvers');
}

/** Wakes the readers of every stream that has grown lately: a writer may have died before it could. */
export async function relayWakes({ db, bus }: SweeperParts, withinMs: number): Promise<void> {
  const resourceIds = await recentlyChanged(db, withinMs);
  if (resourceIds.length > 0) bus.wake({ kind: 'streams', resourceIds });
}

/** Reminds people of what begins as soon as they have chosen, each start once for each such time, by one of any number of sweepers. */
export async function remind({ db, clock }: SweeperParts): Promise<number> {
  let total = 0;
  for (;;) {
    const reminded = await remindOf(db, clock.fixed(), DEFAULT_LEAD_MINUTES, BATCH);
    total += reminded;
    if (reminded < BATCH) return total;
  }
}

const SEALED_AT_ONCE = 1000;

/** Hangs what the audit has got on its chain; any number of sweepers seal each entry once. */
export async function sealAudit({ db }: Pick<SweeperParts, 'db'>): Promise<number> {
  let total = 0;
  for (;;) {
    const sealed = await seal(db, SEALED_AT_ONCE);
    total += sealed;
    if (sealed < SEALED_AT_ONCE) return total;
  }
}

/** Writes the end of the chain into the log, where nobody who changes the database changes it too. */
export async function logChain({ db, log }: Pick<SweeperParts, 'db' | 'log'>): Promise<void> {
  const { number, hash, unsealed } = await readChain(db);
  log.info({ number, hash, unsealed }, 'the audit is sealed up to here');
}

/** How long it is known what was used of documents and of the schema. */
const USAGE_DAYS = 90;
const PRUNED_AT_ONCE = 1000;

/** How many days what is settled is kept. */
export interface Settled {
  readonly mails: number;
  readonly deliveries: number;
  readonly sessions: number;
}

/** Prunes by retention until nothing old is left or another sweeper is at it. */
export async function pruneOld(
  { db, clock, log }: SweeperParts,
  historyDays: number,
  settled: Settled = { mails: historyDays, deliveries: historyDays, sessions: historyDays },
): Promise<void> {
  const identity = await pruneIdentity({ db, clock }, settled.sessions);
  await pruneReminders(db, clock.fixed());
  await pruneUsage(db, clock.fixed(), USAGE_DAYS);
  for (;;) {
    const now = clock.fixed();
    const deliveries = await pruneDeliveries(db, now, settled.deliveries, PRUNED_AT_ONCE);
    const mails = await pruneMails(db, now, settled.mails, PRUNED_AT_ONCE);
    const pruned = { ...(await prune(db, now, historyDays, PRUNED_AT_ONCE)), deliveries, mails };
    const counts = [pruned.outbox, pruned.idempotency, deliveries, mails];
    if (counts.some((count) => count > 0)) log.info({ ...pruned, ...identity }, 'pruned');
    if (Math.max(...counts) < PRUNED_AT_ONCE) return;
  }
}
