import type { AuthCtx } from '../identity.js';
import { localPath } from './local-path.js';
import type { ProviderSignIn } from './provider-sign-in.js';
import { sealVisit } from './visit.js';

export interface BegunVisit {
  /** Where to send the browser. */
  readonly url: string;
  /** What it keeps meanwhile, where no script can read it. */
  readonly sealed: string;
}

/**
 * Begins a visit to the provider.
 * @param wanted.returnTo where to go afterwards: whatever is no path of this server is `/`
 * @param wanted.link the challenge of beginLink, for whoever wants to link and not to sign in
 * @throws Unavailable when the provider does not answer within 5 s
 */
export async function beginVisit(
  ctx: AuthCtx,
  { provider }: ProviderSignIn,
  redirectUri: string,
  wanted: { readonly returnTo: unknown; readonly link: unknown },
): Promise<BegunVisit> {
  const { url, secrets } = await provider.begin(redirectUri);
  const returnTo = localPath(wanted.returnTo);
  const link = typeof wanted.link === 'string' ? wanted.link : null;
  return { url, sealed: sealVisit(ctx.identity.seal, ctx.clock, { ...secrets, returnTo, link }) };
}
