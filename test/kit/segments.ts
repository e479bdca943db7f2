import { appendFileSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileSegments } from '../../src/infra/log/segments.js';
import type { LogSegments } from '../../src/ports/log-segments.js';
import { testFolder } from './program.js';

/** Lines as pino writes them, the first at that instant and one each second. */
export const logLines = (count: number, from: string, what = 'a line'): string =>
  Array.from({ length: count }, (_, line) => {
    const time = new Date(Date.parse(from) + line * 1_000).toISOString();
    return `{"level":"info","time":"${time}","pid":1,"line":${line},"msg":"${what}"}\n`;
  }).join('');

/** Handmade files of a log in a folder of their own, the first of which is open. */
export interface HandmadeLog {
  readonly segments: LogSegments;
  pathOf(number: number): string;
  write(number: number, text: string): void;
  add(number: number, text: string): void;
  /** Null where there is none. */
  read(number: number): string | null;
  /** From now on this one is written to. */
  roll(number: number): void;
}

export function handmadeLog(program = 'api', folder = testFolder()): HandmadeLog {
  const pathOf = (number: number) => join(folder, `rooms-${program}.${number}.log`);
  let open = openSync(pathOf(1), 'a');
  return {
    segments: fileSegments(join(folder, `rooms-${program}`), program, () => open),
    pathOf,
    write: (number, text) => writeFileSync(pathOf(number), text),
    add: (number, text) => appendFileSync(pathOf(number), text),
    read: (number) => (existsSync(pathOf(number)) ? readFileSync(pathOf(number), 'utf8') : null),
    roll(number) {
      open = openSync(pathOf(number), 'a');
    },
  };
}
