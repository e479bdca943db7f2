import { Field, InputType } from 'type-graphql';

const PASSKEY =
  'In place of a code: what the browser has given to `passkeyAsk`, as JSON, from `credential.toJSON()`.';
const CHALLENGE = 'The challenge that `signIn` gave. It counts for five minutes, and for one session.';

@InputType({ description: 'Who is asked for a second factor and has none yet.' })
export class SignInEnrolInput {
  @Field(() => String, { description: CHALLENGE })
  challenge!: string;
}

@InputType({ description: 'The second half of a sign-in.' })
export class SignInConfirmInput {
  @Field(() => String, { description: CHALLENGE })
  challenge!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Six digits from the app, or a recovery code in any case, with or without dashes.',
  })
  code?: string | null;

  @Field(() => String, { nullable: true, description: PASSKEY })
  passkey?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'For browsers, as in SignInInput.' })
  cookie!: boolean;
}

@InputType({ description: 'The first code of a new authenticator app.' })
export class TotpConfirmInput {
  @Field(() => String, { description: 'Six digits from the app that `totpEnrol` was for.' })
  code!: string;
}

@InputType({ description: 'A proof of who sits there; exactly one of the fields.' })
export class SessionProveInput {
  @Field(() => String, { nullable: true, description: 'Six digits from the app, or a recovery code.' })
  code?: string | null;

  @Field(() => String, { nullable: true, description: PASSKEY })
  passkey?: string | null;

  @Field(() => String, { nullable: true, description: 'Counts only where there is no second factor.' })
  password?: string | null;
}
