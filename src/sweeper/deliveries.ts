import { type DeliveryParts, deliver } from '../domain/webhooks/deliver.js';
import { claimDeliveries, dueWebhooks } from '../sql/webhooks/claim-deliveries.js';

/** So many are under way to one webhook at a time. */
const ABREAST = 8;
/** Well beyond the longest time that one attempt can take. */
const LEASE_MS = 60_000;

/**
 * Sends what is due, each delivery by one of any number of sweepers. Each webhook has a run of its own, so that a
 * receiver that is slow holds up nobody but itself.
 */
export class Deliveries {
  private readonly runs = new Map<string, Promise<void>>();
  private stopped = false;

  constructor(private readonly parts: DeliveryParts) {}

  /** Starts a run for every webhook that has something due and no run yet; waits for none of them. */
  async round(): Promise<void> {
    const { db, clock, log } = this.parts;
    for (const webhookId of await dueWebhooks(db, clock.fixed())) {
      if (this.stopped || this.runs.has(webhookId)) continue;
      const run = this.drain(webhookId)
        .catch((error) => log.warn({ err: error, webhookId }, 'a delivery failed; trying again'))
        .finally(() => this.runs.delete(webhookId));
      this.runs.set(webhookId, run);
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.runs.values());
  }

  /** Claims nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.idle();
  }

  private async drain(webhookId: string): Promise<void> {
    const { db, clock } = this.parts;
    while (!this.stopped) {
      const claimed = await claimDeliveries(db, clock.fixed(), webhookId, ABREAST, LEASE_MS);
      if (claimed.length === 0) return;
      const ends = await Promise.allSettled(claimed.map((each) => deliver(this.parts, each)));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
    }
  }
}
