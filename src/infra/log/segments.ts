import { createReadStream, fstatSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogSegment, LogSegments } from '../../ports/log-segments.js';

const bytesOf = async (path: string): Promise<number> => (await stat(path).catch(() => ({ size: 0 }))).size;

const segmentAt = (path: string, number: number): LogSegment => ({
  number,
  read: (signal) => createReadStream(path, { signal }),
  async remove(bytes) {
    if ((await bytesOf(path)) <= bytes) await rm(path, { force: true });
  },
});

/** The inode of a path; null where there is nothing. */
const inodeOf = (path: string): Promise<bigint | null> =>
  stat(path, { bigint: true }).then(
    ({ ino }) => ino,
    () => null,
  );

/**
 * The files of a log that is rolled by number: `<path>.1.log`, `<path>.2.log` …
 * @param openFile the descriptor that is written to now. Only it tells what is open: a name is chosen before its file is.
 */
export function fileSegments(path: string, program: string, openFile: () => number): LogSegments {
  const folder = dirname(path);
  const nameOf = (number: number) => join(folder, `${basename(path)}.${number}.log`);
  const numberOf = (name: string): number => {
    const number = Number(name.slice(basename(path).length + 1, -'.log'.length));
    return join(folder, name) === nameOf(number) ? number : 0;
  };
  return {
    program,
    async closed() {
      const { ino: open } = fstatSync(openFile(), { bigint: true });
      const numbers = (await readdir(folder)).map(numberOf).filter((number) => number > 0);
      const inodes = await Promise.all(numbers.map((number) => inodeOf(nameOf(number))));
      // Where somebody has taken the open file away, nothing tells which are older.
      const openNumber = numbers[inodes.indexOf(open)] ?? 0;
      return numbers
        .filter((number) => number < openNumber)
        .sort((one, other) => one - other)
        .map((number) => segmentAt(nameOf(number), number));
    },
  };
}
