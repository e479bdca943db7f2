/** How a calendar program is to take an event: as an invite, as its end, or only as facts to import. */
export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

/** One mail to one person. Texts hold what people have typed; the mailer lets none of it become a header. */
export interface Mail {
  /** Without brackets, the same at every attempt: what tells a receiver that a mail comes again. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** RFC 5545, as a part that calendar programs act on and as a file; null where it belongs in nobody's calendar yet. */
  readonly calendar: { readonly method: CalendarMethod; readonly content: string } | null;
}

/**
 * What has become of an attempt, in words for administrators. REFUSED: this mail will never be taken. FAILED: it
 * may be later; `reached` says whether a server has judged this mail, or would have judged any other alike. A mail
 * that has FAILED may have been taken all the same, where the answer was lost.
 */
export type Mailed =
  | { readonly kind: 'ACCEPTED' }
  | { readonly kind: 'REFUSED'; readonly message: string }
  | { readonly kind: 'FAILED'; readonly message: string; readonly reached: boolean };

/** Hands mails to the organisation's mail server, from the organisation's one address. */
export interface Mailer {
  /** The domain of the sender's address, which message ids end with. */
  readonly domain: string;
  /** The sender's address, which answers for events in calendars. */
  readonly from: { readonly name: string; readonly address: string };
  /** Waits a bounded time for the whole exchange, and never rejects for what the server does or does not do. */
  send(mail: Mail): Promise<Mailed>;
  close(): Promise<void>;
}
