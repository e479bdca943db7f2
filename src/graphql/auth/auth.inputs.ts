import { Field, InputType } from 'type-graphql';

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, {
    description:
      'In any case of letters. Where a directory is asked, what it takes for a login may stand here, too.',
  })
  email!: string;

  @Field(() => String, { description: 'As it was set; never logged.' })
  password!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'For browsers: keeps the refresh token in a cookie that no script can read, and out of the answer.',
  })
  cookie!: boolean;
}

@InputType({ description: 'What a client keeps between access tokens.' })
export class TokenRefreshInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The newest one; one that was spent before ends the session. Left out: the one of the cookie, which gets the next one.',
  })
  refreshToken!: string | null | undefined;
}

@InputType({ description: 'A change of your own password.' })
export class PasswordChangeInput {
  @Field(() => String, {
    description: 'The password of now, since an open screen is no proof of who sits there.',
  })
  currentPassword!: string;

  @Field(() => String, { description: '12 to 200 characters.' })
  newPassword!: string;
}
