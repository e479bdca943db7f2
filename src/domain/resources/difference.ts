import { isDeepStrictEqual } from 'node:util';

/** The fields in which two states of one object differ, as an audit entry shows them; null where they are equal. */
export function difference<T extends object>(
  before: T,
  after: T,
): { readonly before: Partial<T>; readonly after: Partial<T> } | null {
  const changed = (Object.keys(after) as (keyof T)[]).filter(
    (key) => !isDeepStrictEqual(before[key], after[key]),
  );
  if (changed.length === 0) return null;
  const part = (of: T) => Object.fromEntries(changed.map((key) => [key, of[key]])) as Partial<T>;
  return { before: part(before), after: part(after) };
}
