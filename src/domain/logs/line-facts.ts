import { createHash } from 'node:crypto';

/** A line begins with its level and its time: nothing that people have typed stands before them. */
const BEGINNING = /^\{"level":"[a-z]+","time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/;
const BEGINNING_BYTES = 80;
const NEWLINE = 10;

/** What is told of the lines of a log that has passed by, piece by piece. */
export class LineFacts {
  lines = 0;
  bytes = 0;
  /** The instants of the earliest and of the latest line; null where none tells its time. */
  from: string | null = null;
  until: string | null = null;
  private readonly hash = createHash('sha256');
  private beginning: Buffer = Buffer.alloc(0);

  /** Passes the content on as it comes; the facts are right once it has ended. */
  async *seen(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      this.bytes += piece.length;
      this.hash.update(piece);
      this.take(piece);
      yield piece;
    }
    if (this.beginning.length > 0) this.end();
  }

  /** Of everything that has passed by; asked once, at the end. */
  sha256(): Buffer {
    return this.hash.digest();
  }

  private take(piece: Uint8Array): void {
    let from = 0;
    for (let to = piece.indexOf(NEWLINE); to !== -1; to = piece.indexOf(NEWLINE, from)) {
      this.begin(piece.subarray(from, to));
      this.end();
      from = to + 1;
    }
    this.begin(piece.subarray(from));
  }

  private begin(part: Uint8Array): void {
    const missing = BEGINNING_BYTES - this.beginning.length;
    if (missing > 0 && part.length > 0)
      this.beginning = Buffer.concat([this.beginning, part.subarray(0, missing)]);
  }

  private end(): void {
    this.lines++;
    const at = BEGINNING.exec(this.beginning.toString('latin1'))?.[1] ?? null;
    this.beginning = Buffer.alloc(0);
    if (at === null) return;
    if (this.from === null || at < this.from) this.from = at;
    if (this.until === null || at > this.until) this.until = at;
  }
}
