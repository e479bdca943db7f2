import { Field, Int, ObjectType } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import type { Language as DomainLanguage } from '../../sql/users/user-columns.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';
import { TimeZone } from '../schema/time-zone.js';
import { Language } from './language.js';
import { Role } from './role.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A person who can be named in reservations.',
})
export class User extends Node {
  @Field(() => String, { description: 'As others see it; not unique.' })
  name!: string;

  @Field(() => Role, { description: 'What this person may do in the whole organisation.' })
  role!: DomainRole;

  @Field(() => Boolean, {
    description: 'Whether this person may sign in. Old reservations keep naming who left.',
  })
  isActive!: boolean;

  @Field(() => TimeZone, {
    description: "Where this person's own times are shown, unless a resource says otherwise.",
  })
  timeZone!: string;

  @Field(() => Language, { description: 'In which this person is told of things.' })
  language!: DomainLanguage;

  @Field(() => DateTime, { description: 'When this person was added.' })
  createdAt!: string;

  @Field(() => Int, {
    description: 'Counts changes; name it as `expectedVersion` to change only what you have seen.',
  })
  version!: number;
}

export const UserConnection = connectionOf(User, 'User');
