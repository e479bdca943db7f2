import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Longer than any request lasts: whoever has claimed it before is gone. */
const STALE_MS = 30_000;

/** The right to spend a refresh token, which the server takes once. */
export interface Claim {
  /** It is spent and the next one is kept: nobody needs a claim to it any more. */
  settle(): void;
  /** It was not spent, or nobody knows: others may try. */
  release(): void;
}

/**
 * Claims a token among all processes of this machine; null while another one has it. A claim is a file of the next
 * number that nobody takes from its owner: of two who find a stale one, one makes the file behind it.
 */
export function claimToken(folder: string, token: string): Claim | null {
  const name = createHash('sha256').update(token).digest('hex').slice(0, 16);
  const claims = join(folder, 'claims');
  mkdirSync(claims, { recursive: true, mode: 0o700 });
  const numbers = () =>
    readdirSync(claims)
      .filter((file) => file.startsWith(`${name}.`))
      .map((file) => Number(file.slice(name.length + 1)));
  const path = (number: number) => join(claims, `${name}.${number}`);
  const last = Math.max(0, ...numbers());
  if (last > 0) {
    const made = statSync(path(last), { throwIfNoEntry: false })?.mtimeMs;
    if (made === undefined || Date.now() - made < STALE_MS) return null;
  }
  try {
    writeFileSync(path(last + 1), '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
  return {
    settle: () => {
      for (const number of numbers()) rmSync(path(number), { force: true });
    },
    release: () => rmSync(path(last + 1), { force: true }),
  };
}
