/** What was stored. */
export interface StoredFile {
  readonly size: number;
  /** SHA-256 of the content, 32 bytes. */
  readonly sha256: Buffer;
}

/**
 * Keeps files under keys of our own making: uuids, never anything that people have typed.
 *
 * A file is there as a whole or not at all, whatever ends the process in between, and once `put` has resolved it
 * survives a crash of the machine. What cannot be reached or has no room left throws Unavailable.
 */
export interface FileStore {
  /**
   * Stores the content under the key, and replaces what is there. Rejects with what the content throws, and with
   * TooLarge once there is more of it than `mostBytes`; either leaves nothing behind. Never takes in more than a piece.
   */
  put(key: string, content: AsyncIterable<Uint8Array>, mostBytes: number): Promise<StoredFile>;
  /** The content, to be read to its end or let go; null where there is none. */
  get(key: string): Promise<(AsyncIterable<Uint8Array> & { destroy(): void }) | null>;
  exists(key: string): Promise<boolean>;
  /** Removes it, and what attempts to store it have left; no failure where there is none. */
  remove(key: string): Promise<void>;
}

/** There is more of a file than there may be. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  constructor(readonly mostBytes: number) {
    super(`There is more than ${mostBytes} bytes of it.`);
  }
}
