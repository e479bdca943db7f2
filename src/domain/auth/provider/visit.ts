import type { Clock } from '../../../ports/clock.js';
import type { RequestSecrets } from '../../../ports/identity-provider.js';
import type { KeySeal } from '../key-seal.js';

/** What must be known when the browser comes back from the provider. */
export interface Visit extends RequestSecrets {
  /** A path of this server. */
  readonly returnTo: string;
  /** The challenge of whoever wants to link an identity; null: somebody signs in. */
  readonly link: string | null;
}

/** How long somebody may take to sign in at the provider. */
export const VISIT_SECONDS = 600;
const NAME = 'visit to the identity provider';

/** Seals a visit for the browser to keep: it can neither read it nor change it. */
export function sealVisit(seal: KeySeal, clock: Clock, visit: Visit): string {
  const expiresAt = clock.now().getTime() + VISIT_SECONDS * 1000;
  return seal.seal(NAME, JSON.stringify({ ...visit, expiresAt })).toString('base64url');
}

/** The visit that was sealed; null for anything else, and where it is over. */
export function openVisit(seal: KeySeal, clock: Clock, sealed: string): Visit | null {
  const opened = seal.open(NAME, Buffer.from(sealed, 'base64url'));
  if (opened === null) return null;
  const { expiresAt, ...visit } = JSON.parse(opened) as Visit & { readonly expiresAt: number };
  return expiresAt > clock.now().getTime() ? visit : null;
}
