import type { Clock } from '../../ports/clock.js';
import type { Recorder } from '../audit/record.js';
import { hasExpired } from './has-expired.js';
import type { Identity } from './identity.js';

/** Tells the audit of a token that does not count; one that is merely over, as every token is one day, says nothing. */
export function noteRefusedToken(
  { identity, clock }: { readonly identity: Pick<Identity, 'security'>; readonly clock: Clock },
  caller: Omit<Recorder, 'clock' | 'viewer'>,
  authorization: unknown,
): void {
  if (hasExpired(authorization, clock.now().getTime())) return;
  identity.security.note({ ...caller, viewer: null }, { action: 'security.tokenRefused' });
}
