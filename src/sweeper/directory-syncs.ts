import { type PeriodicSync, runDirectorySync } from '../domain/auth/run-directory-sync.js';
import type { SweeperParts } from './tasks.js';

const NOBODY = { requestId: 'directory-sync', viewer: null, address: null, userAgent: null };

/** Syncs with the directory when that is due, by one of any number of sweepers. */
export class DirectorySyncs {
  private readonly stopping = new AbortController();

  constructor(
    private readonly parts: SweeperParts,
    private readonly sync: PeriodicSync,
  ) {}

  async round(): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return;
    const ctx = { ...this.parts, ...NOBODY };
    await runDirectorySync(ctx, this.sync, { atOnce: false, acceptLosses: false, signal });
  }

  /** Ends the round in progress where it is. */
  stop(): void {
    this.stopping.abort();
  }
}
