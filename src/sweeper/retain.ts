import { forgetSources, pruneAudit } from '../sql/audit/retain.js';
import { pruneLogFiles } from '../sql/logs/prune.js';
import { pruneNotifications } from '../sql/notifications/prune.js';
import { forgetTitles } from '../sql/privacy/forget-titles.js';
import type { SweeperParts } from './tasks.js';

/** How many days each kind is kept; null keeps it for as long as what it belongs to. */
export interface Keep {
  /** Entries of the audit, from the beginning of the chain. */
  readonly audit: number | null;
  /** Where entries came from, and what was told of events of security. */
  readonly security: number | null;
  readonly notifications: number | null;
  /** Titles, details and words of reservations that are over. */
  readonly titles: number | null;
  /** Stored files of the log. */
  readonly logs: number | null;
}

const AT_ONCE = 500;

/** Lets go of what is older than it is kept, in batches of a transaction of their own, by any number of sweepers. */
export async function retain({ db, clock, log }: SweeperParts, keep: Keep): Promise<void> {
  const now = clock.fixed();
  const rounds = {
    audit: (days: number) => pruneAudit(db, now, days, AT_ONCE),
    security: (days: number) => forgetSources(db, now, days, AT_ONCE),
    notifications: (days: number) => pruneNotifications(db, now, days, AT_ONCE),
    titles: (days: number) => db.transaction((tx) => forgetTitles(tx, now, days, AT_ONCE)),
    logs: (days: number) => pruneLogFiles(db, now, days, AT_ONCE),
  } as const;
  for (const [kind, round] of Object.entries(rounds) as [keyof Keep, (days: number) => Promise<number>][]) {
    const days = keep[kind];
    if (days === null) continue;
    let total = 0;
    for (;;) {
      const done = await round(days);
      total += done;
      if (done < AT_ONCE) break;
    }
    if (total > 0) log.info({ kind, days, total }, 'let go of what is too old');
  }
}
