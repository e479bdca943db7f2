import { Field, ObjectType } from 'type-graphql';
import type { FactorMethod as Method } from '../../domain/auth/factors/factor-failure.js';
import { DateTime } from '../schema/date-time.js';
import { UserError } from '../schema/failures.view.js';
import { FactorMethod } from './enums.js';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The password is right and not enough: go on with `signInConfirm`.',
})
export class SecondFactorRequired extends UserError {
  @Field(() => String, { description: 'To be answered once. It is no token: it lets nobody in by itself.' })
  challenge!: string;

  @Field(() => DateTime, { description: 'Until when it can be answered.' })
  challengeExpiresAt!: Date;

  @Field(() => [FactorMethod], { description: 'What it can be answered with; empty where `mustEnrol`.' })
  methods!: readonly Method[];

  @Field(() => Boolean, {
    description:
      'Your role demands a second factor and you have none: `signInEnrol` begins one, and its first code goes to `signInConfirm`.',
  })
  mustEnrol!: boolean;
}
