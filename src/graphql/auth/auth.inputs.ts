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
}

@InputType({ description: 'What a client keeps between access tokens.' })
export class TokenRefreshInput {
  @Field(() => String, { description: 'The newest one. One that was spent before ends the session.' })
  refreshToken!: string;
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
