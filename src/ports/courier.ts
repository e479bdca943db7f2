/** A message for a program of somebody else. */
export interface Letter {
  /** http or https. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * An answer, with the beginning of its body and its header Retry-After as it came (null for none); or why there was
 * none, in few words for people.
 */
export type Carried =
  | {
      readonly kind: 'ANSWERED';
      readonly status: number;
      readonly excerpt: string;
      readonly retryAfter: string | null;
    }
  | { readonly kind: 'FAILED'; readonly message: string };

/**
 * Carries messages to addresses that people have typed, by HTTP POST.
 *
 * It goes to public addresses only: the name is resolved first, every address that it has is judged, and the
 * connection goes to one that was judged. It follows no redirect, waits a bounded time for the whole exchange and
 * reads a bounded part of the answer.
 */
export interface Courier {
  /** Never rejects for what the other side does or does not do. */
  post(letter: Letter): Promise<Carried>;
  close(): Promise<void>;
}
