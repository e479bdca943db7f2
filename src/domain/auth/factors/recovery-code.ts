import { createHash, randomBytes } from 'node:crypto';

/** Crockford's alphabet: nothing that is read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const HOW_MANY = 10;
const SIGNS = 16;
const CODE = new RegExp(`^[${ALPHABET}]{${SIGNS}}$`);

const newCode = (): string => {
  const signs = [...randomBytes(SIGNS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return (signs.match(/.{4}/g) ?? []).join('-');
};

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();

/** Ten new codes of 80 random bits, and what is stored of them: nobody guesses 80 bits, so a plain hash will do. */
export function newRecoveryCodes(): {
  readonly codes: readonly string[];
  readonly hashes: readonly Buffer[];
} {
  const codes = Array.from({ length: HOW_MANY }, newCode);
  return { codes, hashes: codes.map((code) => hashOf(code.replaceAll('-', ''))) };
}

/** What is stored of a code as somebody has typed it; null for what is no such code. */
export function recoveryCodeHash(typed: string): Buffer | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
  return CODE.test(code) ? hashOf(code) : null;
}
