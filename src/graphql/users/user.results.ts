import { Field, ObjectType } from 'type-graphql';
import { ProofRequired } from '../factors/factors.results.js';
import { InvalidInput, NotFound, UserError, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { User } from './user.view.js';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Somebody has this email address already, in whatever case of letters.',
})
export class EmailTaken extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Without this person no active administrator would be left.',
})
export class LastAdministrator extends UserError {}

@ObjectType({ simpleResolvers: true, description: 'The person was added.' })
export class UserCreateSuccess {
  @Field(() => User, { description: 'The new person.' })
  user!: User;
}

@ObjectType({ simpleResolvers: true, description: 'The person has the given facts now.' })
export class UserUpdateSuccess {
  @Field(() => User, { description: 'The person after the change.' })
  user!: User;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The password counts from now on; all earlier sessions ended.',
})
export class PasswordSetSuccess {
  @Field(() => User, { description: 'Whose password it is.' })
  user!: User;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The directory judges the person from now on; all sessions of before ended.',
})
export class UserHandToDirectorySuccess {
  @Field(() => User, { description: 'The person, who has no password here any more.' })
  user!: User;
}

@ObjectType({ simpleResolvers: true, description: 'The link is gone; all sessions of before ended.' })
export class UserUnlinkSuccess {
  @Field(() => User, { description: 'The person, who is nobody of the directory until a next sign-in.' })
  user!: User;
}

export const UserHandToDirectoryResult = resultUnion(
  'UserHandToDirectory',
  UserHandToDirectorySuccess,
  NotFound,
  LastAdministrator,
  ProofRequired,
);
export const UserUnlinkResult = resultUnion('UserUnlink', UserUnlinkSuccess, NotFound, ProofRequired);
export const UserCreateResult = resultUnion(
  'UserCreate',
  UserCreateSuccess,
  InvalidInput,
  EmailTaken,
  ProofRequired,
);
export const UserUpdateResult = resultUnion(
  'UserUpdate',
  UserUpdateSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
  LastAdministrator,
  ProofRequired,
);
export const PasswordSetResult = resultUnion(
  'PasswordSet',
  PasswordSetSuccess,
  InvalidInput,
  NotFound,
  ProofRequired,
);
