import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Unavailable } from '../../domain/failure.js';
import type { BreachedPasswords } from '../../ports/breached-passwords.js';

/** A line is 40 hexadecimal digits, a colon, a number and an end of at most two characters. */
const LONGEST_LINE = 80;
const LINE = /^([0-9A-Fa-f]{40})(:\d+)?$/;
/** Read at once when so much is left; searched by halves before. */
const BLOCK = 4_096;

export interface HibpFile extends BreachedPasswords {
  close(): Promise<void>;
}

/**
 * A file as Have I Been Pwned offers it for download: SHA-1 sums in order, a line each. Nothing of it is kept in
 * memory; each question reads some thirty small pieces of a file of 40 GB.
 * @throws Error with a sentence when it is no such file
 */
export async function hibpFile(path: string): Promise<HibpFile> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const [first = ''] = (await text(file, 0, LONGEST_LINE)).split(/\r?\n/);
  const last = (await text(file, Math.max(0, size - LONGEST_LINE), LONGEST_LINE))
    .trimEnd()
    .split(/\r?\n/)
    .at(-1);
  const [low, high] = [LINE.exec(first)?.[1], LINE.exec(last ?? '')?.[1]];
  if (low === undefined || high === undefined || low.toUpperCase() > high.toUpperCase()) {
    await file.close();
    throw new Error('it has no SHA-1 sums in order');
  }
  return {
    close: () => file.close(),
    async has(password) {
      const sum = createHash('sha1').update(password).digest('hex').toUpperCase();
      try {
        return await contains(file, size, sum);
      } catch (cause) {
        throw new Unavailable('the file of breached passwords cannot be read', { cause });
      }
    },
  };
}

async function text(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}

/** What is left always begins with a line; the wanted one begins in it, where it is there. */
async function contains(file: FileHandle, size: number, sum: string): Promise<boolean> {
  let [from, to] = [0, size];
  while (to - from > BLOCK) {
    const middle = Math.floor((from + to) / 2);
    const piece = await text(file, middle, 2 * LONGEST_LINE);
    const start = piece.indexOf('\n') + 1;
    if (piece.slice(start, start + sum.length).toUpperCase() > sum) to = middle + start;
    else from = middle + start;
  }
  const lines = (await text(file, from, to - from)).split(/\r?\n/);
  return lines.some((line) => LINE.exec(line)?.[1]?.toUpperCase() === sum);
}
