import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { TooManyAttempts } from '../../domain/auth/auth-failure.js';
import { confirmSignIn } from '../../domain/auth/factors/confirm-sign-in.js';
import { confirmTotp } from '../../domain/auth/factors/confirm-totp.js';
import { enrolAtSignIn, enrolTotp } from '../../domain/auth/factors/enrol-totp.js';
import { proveSession } from '../../domain/auth/factors/prove-session.js';
import { removeTotp } from '../../domain/auth/factors/remove-totp.js';
import { renewRecoveryCodes } from '../../domain/auth/factors/renew-recovery-codes.js';
import { resetFactors } from '../../domain/auth/factors/reset-factors.js';
import type { AuthViewerCtx } from '../../domain/auth/identity.js';
import { newlyIntoCookies, noCookies, ownFacts } from '../auth/shown-session.js';
import type { GraphQLContext } from '../context.js';
import { rateLimited } from '../errors.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import {
  SessionProveInput,
  SignInConfirmInput,
  SignInEnrolInput,
  TotpConfirmInput,
} from './factors.inputs.js';
import {
  FactorsResetResult,
  RecoveryCodesRenewResult,
  SessionProveResult,
  SignInConfirmResult,
  SignInEnrolResult,
  TotpConfirmResult,
  TotpEnrolResult,
  TotpRemoveResult,
} from './factors.results.js';

type Context = GraphQLContext & AuthViewerCtx;

/** Too many attempts leave as an error; the rest is the answer. */
export function admitted<T extends object>(result: T | TooManyAttempts): T {
  if ('retryAfter' in result) throw rateLimited(result.retryAfter);
  return result as T;
}

const LIMITED = 'Attempts are limited: RATE_LIMITED says after how many seconds to try again.';

@Resolver()
export class FactorMutations {
  @Mutation(() => SignInConfirmResult, {
    description: `Answers the challenge of \`signIn\` and begins the session. ${LIMITED}`,
  })
  async signInConfirm(
    @Arg('input', () => SignInConfirmInput, { description: 'The challenge and the answer.' })
    input: SignInConfirmInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    if (input.cookie && !ctx.cookies) return noCookies();
    const deviceToken = ctx.cookies?.read('device') ?? null;
    const result = admitted(await confirmSignIn(ctx, { ...input, deviceToken }));
    if ('kind' in result) return result;
    return ownFacts(input.cookie ? newlyIntoCookies(ctx, result) : result);
  }

  @Mutation(() => SignInEnrolResult, {
    description: 'Begins an authenticator app where the role demands a second factor and there is none.',
  })
  signInEnrol(
    @Arg('input', () => SignInEnrolInput, { description: 'The challenge of the sign-in.' })
    input: SignInEnrolInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    return enrolAtSignIn(ctx, input);
  }

  @Mutation(() => TotpEnrolResult, {
    description: 'Begins an authenticator app of yours; one that you have counts until `totpConfirm`.',
  })
  totpEnrol(@Ctx() ctx: Context): Promise<object> {
    return enrolTotp(ctx);
  }

  @Mutation(() => TotpConfirmResult, { description: 'Lets the app that you have begun count.' })
  async totpConfirm(
    @Arg('input', () => TotpConfirmInput, { description: 'What the app shows.' }) input: TotpConfirmInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await confirmTotp(ctx, input);
    return 'kind' in result ? result : { ...result, user: await userById(ctx).load(ctx.viewer.userId) };
  }

  @Mutation(() => TotpRemoveResult, {
    description: 'Removes your authenticator app; recovery codes go with the last second factor.',
  })
  async totpRemove(@Ctx() ctx: Context): Promise<object> {
    return (await removeTotp(ctx)) ?? { user: await userById(ctx).load(ctx.viewer.userId) };
  }

  @Mutation(() => RecoveryCodesRenewResult, {
    description: 'Gives you ten recovery codes in place of all before.',
  })
  recoveryCodesRenew(@Ctx() ctx: Context): Promise<object> {
    return renewRecoveryCodes(ctx);
  }

  @Mutation(() => SessionProveResult, {
    description: `Proves again that it is you who sits there, for what changes how you sign in. ${LIMITED}`,
  })
  async sessionProve(
    @Arg('input', () => SessionProveInput, { description: 'The proof.' }) input: SessionProveInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return admitted(await proveSession(ctx, input));
  }

  @Mutation(() => FactorsResetResult, {
    description:
      'Takes all second factors from somebody who has lost them, and ends the sessions of that person. For administrators.',
  })
  async factorsReset(
    @Arg('id', () => ID, { description: 'Whose.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await resetFactors(ctx, { id: bareId('User', id) });
    return 'kind' in result ? result : { user: result };
  }
}
