import type { NewlySignedIn, SignedIn } from '../../domain/auth/sign-in.js';
import { invalidInput } from '../../domain/failure.js';
import type { GraphQLContext } from '../context.js';

/** As the answer shows it: where a cookie has the refresh token, without it. */
type Shown<T extends SignedIn> = Omit<T, 'refreshToken'> & { readonly refreshToken: string | null };

/** The request itself came from nobody: whoever it made the viewer sees the own facts all the same. */
export const ownFacts = <T extends Shown<SignedIn>>(signedIn: T) => ({
  ...signedIn,
  user: { ...signedIn.user, isViewer: true },
});

export const noCookies = () => invalidInput(['cookie'], 'Cookies are for pages of this server, over HTTP.');

/** The longest that browsers keep one. */
const DEVICE_SECONDS = 400 * 86_400;

/** The same of a sign-in: the browser also keeps what proves at the next one that it was here. */
export function newlyIntoCookies<T extends NewlySignedIn>(ctx: GraphQLContext, signedIn: T): Shown<T> {
  ctx.cookies?.write('device', signedIn.deviceToken, DEVICE_SECONDS);
  return intoCookie(ctx, signedIn);
}

/** The browser keeps the refresh token, and no script sees it. */
export function intoCookie<T extends SignedIn>(ctx: GraphQLContext, signedIn: T): Shown<T> {
  ctx.cookies?.write('session', signedIn.refreshToken, ctx.identity.lifetimes.sessionSeconds);
  return { ...signedIn, refreshToken: null };
}
