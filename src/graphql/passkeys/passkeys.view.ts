import { Field, InputType, ObjectType } from 'type-graphql';
import { SignInRefused, SignInSuccess } from '../auth/auth.results.js';
import { ChallengeRefused, FactorNeeded, FactorRefused, ProofRequired } from '../factors/factors.results.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput, NotFound } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A key on a device or in a password store (WebAuthn): a second factor, or instead of the password.',
})
export class Passkey extends Node {
  @Field(() => String, { description: 'As its owner calls it.' })
  name!: string;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it has last let somebody in; null: never.' })
  lastUsedAt!: string | null;
}

const RESPONSE = 'What the browser has given, as JSON: `JSON.stringify(credential.toJSON())`.';

@InputType({ description: 'A passkey that your browser has made.' })
export class PasskeyConfirmInput {
  @Field(() => String, { description: 'What you call it, 1 to 100 characters: the device that holds it.' })
  name!: string;

  @Field(() => String, { description: RESPONSE })
  response!: string;
}

@InputType({ description: 'A new name of a passkey.' })
export class PasskeyRenameInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string;
}

@InputType({ description: 'For what a passkey is asked for.' })
export class PasskeyAskInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The challenge of `signIn`, to answer it by `signInConfirm`; left out, to sign in with the passkey alone.',
  })
  challenge?: string | null;
}

@InputType({ description: 'A sign-in with a passkey alone.' })
export class SignInByPasskeyInput {
  @Field(() => String, { description: RESPONSE })
  response!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'For browsers, as in SignInInput.' })
  cookie!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Let the browser make a passkey, within five minutes.' })
export class PasskeyRegisterSuccess {
  @Field(() => String, {
    description:
      'JSON for `navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(…) })`.',
  })
  options!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Let the browser ask for a passkey, within five minutes.' })
export class PasskeyAskSuccess {
  @Field(() => String, {
    description:
      'JSON for `navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(…) })`.',
  })
  options!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The passkey counts from now on.' })
export class PasskeyConfirmSuccess {
  @Field(() => Passkey, { description: 'The passkey.' })
  passkey!: Passkey;

  @Field(() => [String], {
    description:
      'Ten codes that each stand in for the second factor once; show and keep them now. Empty where those of before go on.',
  })
  recoveryCodes!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: 'The passkey is as asked for; a removed one as it was.' })
export class PasskeySuccess {
  @Field(() => Passkey, { description: 'The passkey.' })
  passkey!: Passkey;
}

export const PasskeyRegisterResult = resultUnion(
  'PasskeyRegister',
  PasskeyRegisterSuccess,
  NotFound,
  ProofRequired,
  InvalidInput,
);
export const PasskeyConfirmResult = resultUnion(
  'PasskeyConfirm',
  PasskeyConfirmSuccess,
  NotFound,
  FactorRefused,
  InvalidInput,
);
export const PasskeyRenameResult = resultUnion('PasskeyRename', PasskeySuccess, NotFound, InvalidInput);
export const PasskeyRemoveResult = resultUnion(
  'PasskeyRemove',
  PasskeySuccess,
  NotFound,
  ProofRequired,
  FactorNeeded,
);
export const PasskeyAskResult = resultUnion('PasskeyAsk', PasskeyAskSuccess, NotFound, ChallengeRefused);
export const SignInByPasskeyResult = resultUnion(
  'SignInByPasskey',
  SignInSuccess,
  SignInRefused,
  InvalidInput,
);
