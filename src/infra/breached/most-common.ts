import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BreachedPasswords } from '../../ports/breached-passwords.js';

const LIST = '@zxcvbn-ts/language-common/src/passwords.json';
/** So many signs around a common password make no other one of it. */
const MOST_TRIMMINGS = 6;

/** What is left without the digits and signs around it, where those are few. */
function bare(password: string): string {
  const core = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return password.length - core.length <= MOST_TRIMMINGS ? core : password;
}

/** Half of what is the same twice; otherwise all of it. */
function once(password: string): string {
  const half = password.slice(0, password.length / 2);
  return half + half === password ? half : password;
}

/**
 * The 49,000 most common passwords, which come as a package of data. Few of them are long enough to be set; so it counts
 * as one, too, what is one of them in other letters, twice, or with up to six digits and signs around it.
 */
export function commonPasswords(): BreachedPasswords {
  let list: ReadonlySet<string> | null = null;
  const read = () => {
    const path = createRequire(import.meta.url).resolve(LIST);
    return new Set(JSON.parse(readFileSync(path, 'utf8')) as string[]);
  };
  return {
    async has(password) {
      list ??= read();
      const folded = password.toLowerCase();
      return [folded, once(folded), bare(folded), once(bare(folded))].some((each) => list?.has(each));
    },
  };
}
