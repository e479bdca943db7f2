import { timedOut } from '../../graphql/errors.js';

/** The time that one operation is given. Its signal is made only for those who ask for it. */
export class OperationTime {
  private controller: AbortController | null = null;
  private over = false;

  /** Aborts when the operation has run out of time, or when nobody waits for its answer any more. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.over) this.controller.abort();
    }
    return this.controller.signal;
  }

  /** Tells whoever still works for this operation to stop. */
  abort(): void {
    this.over = true;
    this.controller?.abort();
  }

  /** The result of the work, or a rejection with TIMEOUT; what comes of the work after that is dropped. */
  within<T>(work: Promise<T>, ms: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.abort();
        reject(timedOut(ms / 1000));
      }, ms);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
