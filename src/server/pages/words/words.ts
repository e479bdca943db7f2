import type { ReasonCode } from '../../../domain/decisions/reason.js';

/** What stands at a door and is said there, in one language. Times and names come in as they are to be shown. */
export interface PageWords {
  /** For dates: BCP 47. */
  readonly locale: string;
  readonly states: Readonly<Record<'FREE' | 'TAKEN' | 'CLOSED' | 'AWAITED' | 'MINE', string>>;
  readonly until: (time: string) => string;
  readonly freeFrom: (time: string) => string;
  /** On a display, of what nobody has checked in to yet. */
  readonly awaitedUntil: (time: string) => string;
  readonly present: string;
  readonly next: string;
  readonly nothingNext: string;
  readonly entries: Readonly<
    Record<'HELD' | 'PENDING_APPROVAL' | 'CHECKED_IN' | 'AWAITED' | 'RESERVED', string>
  >;
  readonly scan: string;
  /** Of a display that cannot reach its server. */
  readonly asOf: (time: string) => string;
  readonly linkEnded: string;

  readonly checkIn: string;
  readonly awaited: string;
  readonly nothingAwaited: string;
  readonly iAmHere: string;
  readonly withAccount: string;
  readonly needsScript: string;
  readonly notCheckedIn: string;

  readonly yours: string;
  readonly nothingYours: string;
  readonly notFound: string;
  readonly checkInFrom: (time: string) => string;
  readonly checkInBy: (time: string) => string;
  readonly releasedAt: (time: string) => string;
  readonly nobodyAsks: string;
  readonly hereUntil: (time: string) => string;
  readonly leave: string;
  readonly stay: (minutes: number) => string;
  readonly stayUntil: (time: string) => string;
  readonly checkedIn: string;
  readonly left: string;
  readonly stayed: (time: string) => string;
  readonly refused: string;
  /** Why something was refused; what is not there is said as the server says it. */
  readonly reasons: Readonly<Partial<Record<ReasonCode, string>>>;
  readonly latestEnd: (time: string) => string;

  readonly signIn: string;
  readonly signInFirst: string;
  readonly email: string;
  readonly password: string;
  readonly byPasskey: string;
  readonly byProvider: string;
  readonly or: string;
  readonly signedInAs: (name: string) => string;
  readonly signOut: string;
  readonly signedOut: string;
  readonly code: string;
  readonly codeHint: string;
  readonly confirm: string;
  readonly beginAnew: string;
  readonly wrongPassword: string;
  readonly wrongCode: string;
  readonly challengeEnded: string;
  readonly wrongPasskey: string;
  readonly mustEnrol: string;
  readonly tooMany: (seconds: number) => string;
  readonly unreachable: string;
}
