import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';

@ObjectType({
  simpleResolvers: true,
  description: 'What a person can prove with besides a password.',
})
export class Factors {
  @Field(() => DateTime, {
    name: 'totpConfirmedAt',
    simple: false,
    nullable: true,
    description: 'Since when an authenticator app counts; null: there is none.',
  })
  totpSince!: string | null;

  @Field(() => Int, { description: 'Recovery codes that were not used.' })
  recoveryCodesLeft!: number;
}
