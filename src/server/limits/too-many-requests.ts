/** What a caller is refused for who has had enough; each route answers it in its own shape, with Retry-After. */
export class TooManyRequests extends Error {
  readonly statusCode = 429;

  /** @param retryAfter whole seconds */
  constructor(readonly retryAfter: number) {
    super(`Too many requests: try again in ${retryAfter} seconds.`);
  }
}
