import { Field, ObjectType } from 'type-graphql';
import type { ProofMethod as Way } from '../../domain/auth/factors/factor-failure.js';
import { SignInRefused } from '../auth/auth.results.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput, NotFound, UserError } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { User } from '../users/user.view.js';
import { ProofMethod } from './enums.js';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The code, or what the passkey has signed, is not right, or was used before.',
})
export class FactorRefused extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The challenge is unknown, was answered before, or is too old: begin again.',
})
export class ChallengeRefused extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description:
    'An open screen is no proof of who sits there: prove it by `sessionProve`, then try again. A proof, or a sign-in, counts for ten minutes.',
})
export class ProofRequired extends UserError {
  @Field(() => [ProofMethod], { description: 'What you can prove it with.' })
  methods!: readonly Way[];
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Your role demands a second factor, and this is your last one.',
})
export class FactorNeeded extends UserError {}

const SECRET = 'For typing into the app: Base32. Shown this once.';
const URI = 'The same for a QR code: otpauth://totp/….';
const RECOVERY_CODES =
  'Ten codes that each stand in for the second factor once; show and keep them now. Empty where those of before go on.';

@ObjectType({
  simpleResolvers: true,
  description: 'Put this into an authenticator app; it counts from `totpConfirm` on, within ten minutes.',
})
export class TotpEnrolSuccess {
  @Field(() => String, { description: SECRET })
  secret!: string;

  @Field(() => String, { description: URI })
  uri!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Put this into an authenticator app; its first code goes to `signInConfirm`.',
})
export class SignInEnrolSuccess {
  @Field(() => String, { description: SECRET })
  secret!: string;

  @Field(() => String, { description: URI })
  uri!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A session has begun, after a second factor.' })
export class SignInConfirmSuccess {
  @Field(() => String, { description: 'As in SignInSuccess.' })
  accessToken!: string;

  @Field(() => DateTime, { description: 'When the access token stops counting.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, { nullable: true, description: 'As in SignInSuccess.' })
  refreshToken!: string | null;

  @Field(() => User, { description: 'Who signed in.' })
  user!: User;

  @Field(() => [String], { description: RECOVERY_CODES })
  recoveryCodes!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'The app counts from now on.' })
export class TotpConfirmSuccess {
  @Field(() => [String], { description: RECOVERY_CODES })
  recoveryCodes!: readonly string[];

  @Field(() => User, { description: 'You.' })
  user!: User;
}

@ObjectType({ simpleResolvers: true, description: 'The app counts no more.' })
export class TotpRemoveSuccess {
  @Field(() => User, { description: 'You.' })
  user!: User;
}

@ObjectType({ simpleResolvers: true, description: 'Only these codes count from now on.' })
export class RecoveryCodesRenewSuccess {
  @Field(() => [String], { description: 'Ten codes, shown this once.' })
  recoveryCodes!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'You have proved to sit there.' })
export class SessionProveSuccess {
  @Field(() => DateTime, { description: 'Until when that counts.' })
  provedUntilAt!: Date;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The person signs in by password alone again, and has been told. Earlier sessions ended.',
})
export class FactorsResetSuccess {
  @Field(() => User, { description: 'Whose factors are gone.' })
  user!: User;
}

export const SignInEnrolResult = resultUnion('SignInEnrol', SignInEnrolSuccess, ChallengeRefused);
export const SignInConfirmResult = resultUnion(
  'SignInConfirm',
  SignInConfirmSuccess,
  FactorRefused,
  ChallengeRefused,
  SignInRefused,
  InvalidInput,
);
export const TotpEnrolResult = resultUnion('TotpEnrol', TotpEnrolSuccess, ProofRequired);
export const TotpConfirmResult = resultUnion('TotpConfirm', TotpConfirmSuccess, FactorRefused);
export const TotpRemoveResult = resultUnion(
  'TotpRemove',
  TotpRemoveSuccess,
  NotFound,
  ProofRequired,
  FactorNeeded,
);
export const RecoveryCodesRenewResult = resultUnion(
  'RecoveryCodesRenew',
  RecoveryCodesRenewSuccess,
  NotFound,
  ProofRequired,
);
export const SessionProveResult = resultUnion(
  'SessionProve',
  SessionProveSuccess,
  InvalidInput,
  FactorRefused,
);
export const FactorsResetResult = resultUnion('FactorsReset', FactorsResetSuccess, NotFound, ProofRequired);
