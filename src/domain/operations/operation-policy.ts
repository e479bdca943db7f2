import { createHash } from 'node:crypto';
import { type InvalidInput, invalidInput } from '../failure.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MOST_NAME = 64;
const NAME_PATH = ['input', 'name'];

/** Null says that a document can be reached under this name. */
export const checkOperationName = (name: string): InvalidInput | null =>
  NAME.test(name) && name.length <= MOST_NAME
    ? null
    : invalidInput(NAME_PATH, 'A name has lower-case letters, digits and single hyphens: rooms-of-today.');

/** SHA-256 of a document as it was sent, not as it could be printed. */
export const documentHash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What a document is called by, wherever it is run: of its hash in hex. */
export const documentIdOf = (hash: string): string => `sha256:${hash}`;
