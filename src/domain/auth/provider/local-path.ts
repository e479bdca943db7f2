const LONGEST = 2_000;

/**
 * The path of this server that somebody wants to come back to, or `/` for anything else. What goes behind our own
 * address must begin with one slash and a sign that browsers do not take for another: `//elsewhere` and `/\elsewhere`
 * are addresses of other servers where they stand alone.
 */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST) return '/';
  const isOurs = /^\/(?![/\\])/.test(wanted) && !/[\p{Cc}\p{Cf}\\]/u.test(wanted) && wanted.isWellFormed();
  if (!isOurs) return '/';
  // dots may lead to another double slash
  const { pathname, search, hash } = new URL(wanted, 'http://here.invalid');
  return pathname.startsWith('//') ? '/' : `${pathname}${search}${hash}`;
}
