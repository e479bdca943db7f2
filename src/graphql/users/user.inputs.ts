import { Field, InputType, Int } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import type { Language as DomainLanguage } from '../../sql/users/user-columns.js';
import { TimeZone } from '../schema/time-zone.js';
import { Language } from './language.js';
import { Role } from './role.js';

@InputType({ description: 'Narrows a list of people; what is left out does not narrow it.' })
export class UserFilter {
  @Field(() => [Role], { nullable: true, description: 'Only people with one of these roles.' })
  roles?: DomainRole[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only people who may (true) or may not (false) sign in.',
  })
  isActive?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only people with this text in the name, or in the email address where you may see it.',
  })
  text?: string | null;
}

@InputType({ description: 'A person to add.' })
export class UserCreateInput {
  @Field(() => String, { description: 'Unique without regard to case; what the person signs in with.' })
  email!: string;

  @Field(() => String, { description: '1 to 200 characters.' })
  name!: string;

  @Field(() => Role, { description: 'What the person may do from the first sign-in on.' })
  role!: DomainRole;

  @Field(() => TimeZone, { nullable: true, description: 'UTC when left out.' })
  timeZone?: string | null;

  @Field(() => Language, { nullable: true, description: 'English when left out.' })
  language?: DomainLanguage | null;

  @Field(() => String, {
    nullable: true,
    description: '12 to 200 characters. Without one the person cannot sign in until `passwordSet`.',
  })
  password?: string | null;
}

@InputType({ description: 'What to change of a person; what is left out stays.' })
export class UserUpdateInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  name?: string | null;

  @Field(() => Role, {
    nullable: true,
    description:
      'For administrators. Counts at once: present access tokens are refused and must be refreshed.',
  })
  role?: DomainRole | null;

  @Field(() => TimeZone, { nullable: true, description: "Where the person's own times are shown." })
  timeZone?: string | null;

  @Field(() => Language, {
    nullable: true,
    description: 'In which the person is told of things from now on.',
  })
  language?: DomainLanguage | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'For administrators. False ends all sessions of the person and refuses new ones.',
  })
  isActive?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A password for somebody else.' })
export class PasswordSetInput {
  @Field(() => String, { description: '12 to 200 characters.' })
  password!: string;
}
