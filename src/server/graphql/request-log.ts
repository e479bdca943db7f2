import type { Log } from '../../ports/log.js';

/** The log, with the request's id in every line. A child of the log itself costs more than a small query. */
export class RequestLog implements Log {
  constructor(
    private readonly inner: Log,
    private readonly requestId: string,
  ) {}

  debug(facts: object, message: string): void {
    this.inner.debug({ requestId: this.requestId, ...facts }, message);
  }

  info(facts: object, message: string): void {
    this.inner.info({ requestId: this.requestId, ...facts }, message);
  }

  warn(facts: object, message: string): void {
    this.inner.warn({ requestId: this.requestId, ...facts }, message);
  }

  error(facts: object, message: string): void {
    this.inner.error({ requestId: this.requestId, ...facts }, message);
  }

  child(bindings: object): Log {
    return this.inner.child({ requestId: this.requestId, ...bindings });
  }
}
