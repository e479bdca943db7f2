import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { LastAdministrator } from '../users/user.results.js';
import { User } from '../users/user.view.js';

@InputType({ description: 'What makes sure that this person is meant.' })
export class UserEraseInput {
  @Field(() => String, { description: 'The email address that the person has here, typed once more.' })
  confirmEmail!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Nothing here says any more who the person was.' })
export class UserEraseSuccess {
  @Field(() => User, { description: 'The pseudonym that past reservations and the audit go on naming.' })
  user!: User;

  @Field(() => Int, { description: 'How many reservations that had not begun were cancelled by this call.' })
  cancelledReservations!: number;
}

export const UserEraseResult = resultUnion(
  'UserErase',
  UserEraseSuccess,
  InvalidInput,
  NotFound,
  LastAdministrator,
);
