import { Field, Int, ObjectType } from 'type-graphql';
import { SecondFactorRequired } from '../factors/second-factor-required.view.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput, UserError } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { User } from '../users/user.view.js';

const ACCESS =
  'Send as `Authorization: Bearer …`, or as `authorization` in the connection parameters of a socket.';
const EXPIRES = 'When the access token stops counting; refresh a little earlier.';
const REFRESH =
  'Spend it once, by `tokenRefresh`. Whoever has it is you: keep it where others cannot read it. Null where the cookie has it.';

@ObjectType({ simpleResolvers: true, description: 'A session has begun.' })
export class SignInSuccess {
  @Field(() => String, { description: ACCESS })
  accessToken!: string;

  @Field(() => DateTime, { description: EXPIRES })
  accessTokenExpiresAt!: Date;

  @Field(() => String, { nullable: true, description: REFRESH })
  refreshToken!: string | null;

  @Field(() => User, { description: 'Who signed in.' })
  user!: User;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The session goes on; the refresh token that was sent is spent.',
})
export class TokenRefreshSuccess {
  @Field(() => String, { description: ACCESS })
  accessToken!: string;

  @Field(() => DateTime, { description: EXPIRES })
  accessTokenExpiresAt!: Date;

  @Field(() => String, { nullable: true, description: REFRESH })
  refreshToken!: string | null;

  @Field(() => User, { description: 'Whose session it is, with the facts and the role of now.' })
  user!: User;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description:
    'No account with this address and this password may sign in; which of the three it is stays untold.',
})
export class SignInRefused extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The refresh token is unknown or spent, or its session has ended: sign in again.',
})
export class RefreshRefused extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The present password is another one.',
})
export class WrongPassword extends UserError {}

@ObjectType({
  simpleResolvers: true,
  description: 'The session has ended; its tokens are refused within 5 seconds.',
})
export class SignOutSuccess {
  @Field(() => Int, { description: 'How many sessions ended by this; 0 when they had ended before.' })
  endedSessions!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The new password counts; all your other sessions have ended.',
})
export class PasswordChangeSuccess {
  @Field(() => User, { description: 'You.' })
  user!: User;

  @Field(() => Int, { description: 'How many other sessions ended by this.' })
  endedSessions!: number;
}

export const SignInResult = resultUnion(
  'SignIn',
  SignInSuccess,
  SecondFactorRequired,
  SignInRefused,
  InvalidInput,
);
export const TokenRefreshResult = resultUnion('TokenRefresh', TokenRefreshSuccess, RefreshRefused);
export const SignOutResult = resultUnion('SignOut', SignOutSuccess);
export const PasswordChangeResult = resultUnion(
  'PasswordChange',
  PasswordChangeSuccess,
  InvalidInput,
  WrongPassword,
);
