/** The SQLSTATEs that the program tells apart. Sources: PostgreSQL's appendix A, and our own class HF. */
export const SQLSTATE = {
  exclusionViolation: '23P01',
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  /** A pool has no room: raised by claim_changed. */
  poolFull: 'HF001',
  /** A pool has more in use than its new capacity: raised by resource_capacity_kept. */
  capacityBelowUse: 'HF002',
  /** A claim on a whole lacks its parts, or one on a part its whole: raised by claim_parts_kept. */
  partsMissing: 'HF003',
  /** The rules have changed since a claim was judged: raised by claim_placed. */
  rulesMoved: 'HF004',
  /** The far parts of a whole are not what the near ones come to: raised by resource_part_kept. */
  partsNotClosed: 'HF005',
  /** Somebody waits for what a claim would take: raised by wait_gives_way. */
  waitedFor: 'HF006',
} as const;

/** The SQLSTATE of anything thrown, or null; looks through one level of `cause`, where the ORM keeps it. */
export function sqlstateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  return cause === undefined || cause === error ? null : sqlstateOf(cause);
}

/** The resource that somebody waits for, where that is why the database refused; else null. */
export const waitedResource = (error: unknown): string | null =>
  sqlstateOf(error) === SQLSTATE.waitedFor ? (error as { readonly detail: string }).detail : null;

/** The name of the constraint that refused, or null. */
export function constraintOf(error: unknown): string | null {
  const constraint = (error as { constraint?: unknown } | null)?.constraint;
  return typeof constraint === 'string' ? constraint : null;
}
