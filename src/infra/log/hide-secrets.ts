/** What must never be read in a log, wherever it stands in the first levels of what is logged. */
export const SECRETS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
]);
export const HIDDEN = '[hidden]';
const LEVELS = 4;

/** Errors are left to their serializer, and what is no plain object has no names to go by. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Error);

/** The same facts with every secret replaced; the very same object when there was none. */
export function hideSecrets<T extends object>(facts: T, level = 1): T {
  let hidden: T = facts;
  for (const [name, value] of Object.entries(facts)) {
    const shown = SECRETS.has(name)
      ? HIDDEN
      : isPlain(value) && level < LEVELS
        ? hideSecrets(value, level + 1)
        : value;
    if (shown === value) continue;
    if (hidden === facts) hidden = { ...facts };
    Object.assign(hidden, { [name]: shown });
  }
  return hidden;
}
