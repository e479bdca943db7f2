declare module 'pino-roll' {
  import type { DestinationStream } from 'pino';

  interface Options {
    readonly file: string;
    readonly size: string;
    readonly limit: { readonly count: number; readonly removeOtherLogFiles: boolean };
    readonly mkdir: boolean;
    readonly sync: boolean;
    readonly mode: number;
  }
  /** A stream of sonic-boom: what cannot be written is told by its `error` event; `fd` is the file that is written to. */
  const roll: (
    options: Options,
  ) => Promise<DestinationStream & NodeJS.EventEmitter & { readonly fd: number }>;
  export default roll;
}
