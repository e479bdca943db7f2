import type { NodeKind } from '../../domain/failure.js';
import { parseGlobalId } from '../../domain/ids.js';

/** An id that names nothing: looks up as not found. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

/**
 * The bare uuid of an id that should name that kind. Anything else becomes an id that names nothing, so that
 * a wrong id and one that does not exist look the same.
 */
export function bareId(kind: NodeKind, id: string): string {
  const parsed = parseGlobalId(id);
  return parsed?.kind === kind ? parsed.id : NOTHING;
}
