import { Field, Int, ObjectType } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import { Role } from '../users/role.js';

@ObjectType({ simpleResolvers: true, description: 'Who comes before others where people wait.' })
export class WaitPriority {
  @Field(() => [Role], { description: 'Whoever has one of these roles.' })
  roles!: DomainRole[];

  @Field(() => Int, { description: 'The highest one of a person counts; everybody else has 0.' })
  priority!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How people wait (kind WAITLIST).' })
export class WaitlistSettings {
  @Field(() => Int, { description: 'How long an offer can be taken, in minutes, but not beyond its start.' })
  offerMinutes!: number;

  @Field(() => Int, { description: 'For how much one person waits at a time, open offers included.' })
  mostOpen!: number;

  @Field(() => [WaitPriority], { description: 'Who comes first; within one priority who has asked first.' })
  priorities!: WaitPriority[];
}
