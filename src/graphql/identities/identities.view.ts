import { Field, InputType, ObjectType } from 'type-graphql';
import { ChallengeRefused, ProofRequired } from '../factors/factors.results.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput, NotFound, UserError } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { User } from '../users/user.view.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Who a person is at a provider of OpenID Connect, and may sign in as from there.',
})
export class LinkedIdentity {
  @Field(() => String, { description: 'What the provider calls itself: an address.' })
  issuer!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The address that it had there when it was linked, to tell identities apart.',
  })
  email!: string | null;

  @Field(() => DateTime, { name: 'linkedAt', simple: false, description: 'When it was linked.' })
  createdAt!: string;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The identity is linked to another account, or yours has another one at that provider.',
})
export class IdentityTaken extends UserError {}

@InputType({ description: 'An identity that your browser has come back with.' })
export class IdentityLinkConfirmInput {
  @Field(() => String, {
    description: 'What stands behind `#identity=` of the address; it counts for ten minutes, and for you.',
  })
  code!: string;
}

@InputType({ description: 'An identity of yours.' })
export class IdentityUnlinkInput {
  @Field(() => String, { description: 'At which provider, as `identities` shows it.' })
  issuer!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Open the address in the browser in which you are signed in, within ten minutes.',
})
export class IdentityLinkSuccess {
  @Field(() => String, {
    description:
      'Leads to the provider and back to `/`, or to another path of this server: append `&return=/path`. Then call `identityLinkConfirm`.',
  })
  url!: string;
}

@ObjectType({ simpleResolvers: true, description: 'You can sign in by it from now on.' })
export class IdentityLinkConfirmSuccess {
  @Field(() => LinkedIdentity, { description: 'The identity.' })
  identity!: LinkedIdentity;
}

@ObjectType({ simpleResolvers: true, description: 'You can sign in by it no more.' })
export class IdentityUnlinkSuccess {
  @Field(() => LinkedIdentity, { description: 'The identity, as it was.' })
  identity!: LinkedIdentity;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Whoever has the verified address of this account at the provider becomes this person.',
})
export class IdentityPermitSuccess {
  @Field(() => User, { description: 'Whose account may be linked, once within seven days.' })
  user!: User;
}

export const IdentityLinkResult = resultUnion('IdentityLink', IdentityLinkSuccess, NotFound, ProofRequired);
export const IdentityLinkConfirmResult = resultUnion(
  'IdentityLinkConfirm',
  IdentityLinkConfirmSuccess,
  ChallengeRefused,
  ProofRequired,
  IdentityTaken,
);
export const IdentityUnlinkResult = resultUnion(
  'IdentityUnlink',
  IdentityUnlinkSuccess,
  NotFound,
  ProofRequired,
  InvalidInput,
);
export const IdentityPermitResult = resultUnion(
  'IdentityPermit',
  IdentityPermitSuccess,
  NotFound,
  ProofRequired,
);
