import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

export type SyncOutcome = 'APPLIED' | 'REFUSED' | 'FAILED';

/** What is known of the syncs with the directory; `report` is the last one's, as its writer has shaped it. */
export interface SyncRow {
  readonly isRunning: boolean;
  readonly nextAt: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: SyncOutcome | null;
  readonly message: string | null;
  readonly report: object | null;
}

const CLAIM = statement<{ failures: number; outcome: SyncOutcome | null }>(
  'directory-sync-claim',
  `update directory_sync set token = $2, lease_until = ${NOW} + $3 * interval '1 ms', started_at = ${NOW}
   where ($4::boolean or next_at <= ${NOW}) and (lease_until is null or lease_until <= ${NOW})
   returning failures, outcome`,
);

/**
 * Takes the sync, where it is due (or at once, on demand) and nobody has it.
 * @returns how many have failed in a row and what became of the last one, or null
 */
export async function claimSync(
  db: Queryable,
  now: string | null,
  token: string,
  leaseMs: number,
  atOnce: boolean,
): Promise<{ failures: number; outcome: SyncOutcome | null } | null> {
  const [row] = await db.query(CLAIM, [now, token, leaseMs, atOnce]);
  return row ?? null;
}

const RENEW = statement<never>(
  'directory-sync-renew',
  `update directory_sync set lease_until = ${NOW} + $3 * interval '1 ms' where token = $2`,
);

/** Prolongs the lease, unless somebody else has taken it over. */
export const renewSync = async (
  db: Queryable,
  now: string | null,
  token: string,
  leaseMs: number,
): Promise<void> => {
  await db.query(RENEW, [now, token, leaseMs]);
};

const HOLD = statement<{ one: boolean }>(
  'directory-sync-hold',
  'select one from directory_sync where token = $1 for share',
);

/** Whether the sync is still this one's; nobody takes it over before the transaction ends. */
export const holdSync = async (tx: Queryable, token: string): Promise<boolean> =>
  (await tx.query(HOLD, [token])).length > 0;

const SETTLE = statement<{ one: boolean }>(
  'directory-sync-settle',
  `update directory_sync set token = null, lease_until = null, ended_at = ${NOW}, outcome = $3, message = $4,
     report = coalesce($5::jsonb, report), failures = case when $3 = 'FAILED' then failures + 1 else 0 end,
     next_at = ${NOW} + $6 * interval '1 ms'
   where token = $2 returning one`,
);

/** Says what became of it and gives it back; false where somebody else has it by now. */
export async function settleSync(
  tx: Queryable,
  now: string | null,
  token: string,
  end: {
    readonly outcome: SyncOutcome;
    readonly message: string | null;
    readonly report: object | null;
    readonly nextInMs: number;
  },
): Promise<boolean> {
  const { outcome, message, report, nextInMs } = end;
  const values = [now, token, outcome, message, report && JSON.stringify(report), nextInMs];
  return (await tx.query(SETTLE, values)).length > 0;
}

const GIVE_BACK = statement<never>(
  'directory-sync-give-back',
  `update directory_sync set token = null, lease_until = null where token = $1`,
);

/** Gives it back unfinished: it is due as it was before. */
export const giveBackSync = async (db: Queryable, token: string): Promise<void> => {
  await db.query(GIVE_BACK, [token]);
};

const READ = statement<SyncRow>(
  'directory-sync-read',
  `select lease_until is not null and lease_until > ${NOW} as "isRunning",
     case when isfinite(next_at) then next_at end as "nextAt", started_at as "startedAt", ended_at as "endedAt",
     outcome, message, report
   from directory_sync`,
);

/** How the sync does. */
export async function readSync(db: Queryable, now: string | null): Promise<SyncRow> {
  const [row] = await db.query(READ, [now]);
  if (!row) throw new Error('directory_sync has lost its row');
  return row;
}
