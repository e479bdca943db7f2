import type { ReadStream, WriteStream } from 'node:tty';

/** What the command line has of the machine it runs on. */
export interface Host {
  /** Behind the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where profiles are kept. */
  readonly folder: string;
  readonly version: string;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
}
