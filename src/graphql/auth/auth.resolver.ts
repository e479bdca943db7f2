import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { changePassword } from '../../domain/auth/change-password.js';
import type { AuthViewerCtx } from '../../domain/auth/identity.js';
import { refreshTokens } from '../../domain/auth/refresh-tokens.js';
import { signIn } from '../../domain/auth/sign-in.js';
import { signOut } from '../../domain/auth/sign-out.js';
import { signOutEverywhere } from '../../domain/auth/sign-out-everywhere.js';
import type { GraphQLContext } from '../context.js';
import { rateLimited, unauthenticated } from '../errors.js';
import { PasswordChangeInput, SignInInput, TokenRefreshInput } from './auth.inputs.js';
import { PasswordChangeResult, SignInResult, SignOutResult, TokenRefreshResult } from './auth.results.js';
import { intoCookie, newlyIntoCookies, noCookies, ownFacts } from './shown-session.js';

const forget = ({ cookies }: GraphQLContext): void => {
  if (cookies?.read('session')) cookies.write('session', null, 0);
};

@Resolver()
export class AuthResolver {
  @Mutation(() => SignInResult, {
    description:
      'Begins a session. Attempts are limited: RATE_LIMITED says after how many seconds to try again.',
  })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Who, and the proof.' }) input: SignInInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    if (input.cookie && !ctx.cookies) return noCookies();
    const { email, password } = input;
    const result = await signIn(ctx, { email, password, deviceToken: ctx.cookies?.read('device') ?? null });
    if (!('kind' in result)) return ownFacts(input.cookie ? newlyIntoCookies(ctx, result) : result);
    if (result.kind === 'TooManyAttempts') throw rateLimited(result.retryAfter);
    return result;
  }

  @Mutation(() => TokenRefreshResult, {
    description: 'Spends a refresh token for new tokens. Send each one once: a second time ends the session.',
  })
  async tokenRefresh(
    @Arg('input', () => TokenRefreshInput, {
      nullable: true,
      description: 'The newest refresh token, unless the cookie has it.',
    })
    input: TokenRefreshInput | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const given = input?.refreshToken ?? null;
    const result = await refreshTokens(ctx, { refreshToken: given ?? ctx.cookies?.read('session') ?? '' });
    if ('kind' in result) {
      if (given === null) forget(ctx);
      return result;
    }
    return ownFacts(given === null ? intoCookie(ctx, result) : result);
  }

  @Mutation(() => SignOutResult, {
    description:
      'Ends the session of the access token that this request carries, and takes the cookie out of the browser with its session; with the cookie alone, too.',
  })
  async signOut(@Ctx() ctx: GraphQLContext): Promise<object> {
    const kept = ctx.cookies?.read('session') ?? null;
    if (!ctx.viewer && kept === null) throw unauthenticated();
    const endedSessions = await signOut(ctx, kept);
    forget(ctx);
    return { endedSessions };
  }

  @Mutation(() => SignOutResult, { description: 'Ends all your sessions, on every device, this one too.' })
  async signOutEverywhere(@Ctx() ctx: GraphQLContext): Promise<object> {
    const endedSessions = await signOutEverywhere(ctx as AuthViewerCtx);
    forget(ctx);
    return { endedSessions };
  }

  @Mutation(() => PasswordChangeResult, {
    description:
      'Changes your own password and ends your other sessions. Attempts are limited as at sign-in.',
  })
  async passwordChange(
    @Arg('input', () => PasswordChangeInput, { description: 'Both passwords.' }) input: PasswordChangeInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const result = await changePassword(ctx as AuthViewerCtx, input);
    if ('kind' in result && result.kind === 'TooManyAttempts') throw rateLimited(result.retryAfter);
    return result;
  }
}
