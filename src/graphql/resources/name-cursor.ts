import type { AfterName } from '../../sql/places/place-page.js';
import { badUserInput } from '../errors.js';
import { decodeCursor } from '../schema/connection.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The parts of a cursor that end in an id. Throws BAD_USER_INPUT where that is none or a text holds NUL. */
export function keyWithId(after: string, parts: number): (string | number | null)[] {
  const key = decodeCursor(after, parts);
  const id = key.at(-1);
  if (
    typeof id !== 'string' ||
    !UUID.test(id) ||
    key.some((part) => typeof part === 'string' && part.includes('\0'))
  ) {
    throw badUserInput('This cursor is not one of ours.');
  }
  return key;
}

/** Where a page by name goes on. */
export function afterName(after: string | null | undefined): AfterName | null {
  if (after == null) return null;
  const [name, id] = keyWithId(after, 2);
  if (typeof name !== 'string') throw badUserInput('This cursor is not one of ours.');
  return { name, id: id as string };
}
