import type { Source } from '../../sql/audit/source.js';
import type { Ctx } from '../act.js';

const LONGEST_AGENT = 200;

/** Where what is done in this context comes from, for the audit. */
export function sourceOf({
  requestId,
  address,
  userAgent,
  viewer,
}: Pick<Ctx, 'requestId' | 'address' | 'userAgent' | 'viewer'>): Source {
  return {
    requestId,
    address,
    userAgent: userAgent?.slice(0, LONGEST_AGENT) ?? null,
    sessionId: viewer?.sessionId ?? null,
    role: viewer?.role ?? null,
  };
}
