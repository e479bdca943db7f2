import { hibpFile } from '../infra/breached/hibp-file.js';
import { commonPasswords } from '../infra/breached/most-common.js';
import type { BreachedPasswords } from '../ports/breached-passwords.js';
import type { Program } from './run.js';

/**
 * The passwords that nobody may set: the common ones, and those of the operator's own file.
 * @throws Error with a sentence when the file cannot be read or is none
 */
export async function breachedOf({ config, releases }: Program): Promise<BreachedPasswords> {
  const common = commonPasswords();
  const path = config.breachedPasswordsFile;
  if (path === null) return common;
  try {
    const own = await hibpFile(path);
    releases.add('breached passwords', () => own.close());
    return { has: async (password) => (await common.has(password)) || own.has(password) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `HOLDFAST_BREACHED_PASSWORDS_FILE is "${path}", which cannot be used (${code ?? message}); allowed is a file of SHA-1 sums in order.`,
    );
  }
}
