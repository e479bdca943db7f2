import type { InvitationResponse, NotificationKind } from '../../../sql/notifications/told-event.js';

/**
 * All that is said in one language. Headings and names of facts instead of sentences: they hold for one reservation
 * and for many, whatever is inserted, and translate without surprises.
 */
export interface Words {
  /** For dates: BCP 47. */
  readonly locale: string;
  /** Between a name and its fact. */
  readonly colon: string;
  readonly headings: Readonly<Record<NotificationKind, string>>;
  /** Of OWN_CHANGE where nothing is left. */
  readonly ownCancelled: string;
  readonly when: string;
  readonly where: string;
  readonly before: string;
  readonly by: string;
  readonly closure: string;
  /** What somebody said about a request. */
  readonly words: string;
  /** By when an offer must be taken. */
  readonly takeBy: string;
  readonly details: string;
  /** Which one of several things of an account. */
  readonly what: string;
  /** Where in the net something was done from. */
  readonly address: string;
  /** How many there are, of a series. */
  readonly dates: (count: number) => string;
  /** How many are not named. */
  readonly more: (count: number) => string;
  /** Why this mail has come, at its end. */
  readonly footer: string;
  /** What begins, or goes on, on the day of a digest. */
  readonly today: string;
  /** What was collected for it. */
  readonly news: string;
  /** The footer of a digest. */
  readonly digestFooter: string;
  /** What somebody has said to an invitation. */
  readonly answer: string;
  readonly answers: Readonly<Record<InvitationResponse, string>>;
  /** Names the link by which a guest answers. */
  readonly respond: string;
  /** Names the link by which an owner checks in. */
  readonly checkIn: string;
  /** On the page where a guest answers. */
  readonly choices: Readonly<Record<Exclude<InvitationResponse, 'NONE'>, string>>;
  readonly gone: string;
  readonly hasChanged: string;
  /** The footer for guests, who have no account to choose in. */
  readonly guestFooter: string;
  /** The same of a mail about the account. */
  readonly accountFooter: string;
}
