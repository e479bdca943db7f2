import { type MailParts, sendMail } from '../domain/mail/send-mail.js';
import { claimMails, relaySeen } from '../sql/mail/claim-mails.js';

/** So many are under way at a time, somewhat more than the mailer has connections. */
const ABREAST = 8;
/** Well beyond the longest time that one attempt can take. */
const LEASE_MS = 60_000;

/** Sends what is due, each mail by one of any number of sweepers. */
export class Mails {
  private stopped = false;

  constructor(private readonly parts: MailParts) {}

  /**
   * Sends until nothing is due. Where no server could be reached for any of a batch, the others wait for the next
   * round and lose no attempt.
   */
  async round(): Promise<void> {
    const { db, clock } = this.parts;
    await relaySeen(db, clock.fixed());
    while (!this.stopped) {
      const claimed = await claimMails(db, clock.fixed(), ABREAST, LEASE_MS);
      if (claimed.length === 0) return;
      const ends = await Promise.allSettled(claimed.map((each) => sendMail(this.parts, each)));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
      const isAway = (end: (typeof ends)[number]) =>
        end.status === 'fulfilled' && end.value.kind === 'FAILED' && !end.value.reached;
      if (ends.every(isAway)) return;
    }
  }

  /** Claims nothing more; what is under way ends with its round. */
  stop(): void {
    this.stopped = true;
  }
}
