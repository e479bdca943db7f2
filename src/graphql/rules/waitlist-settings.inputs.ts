import { Field, ID, InputType, Int } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import { Role } from '../users/role.js';

@InputType({ description: 'Who comes before others, or behind them, where people wait.' })
export class WaitPriorityInput {
  @Field(() => [Role], { nullable: true, description: 'Whoever has one of these roles.' })
  roles?: DomainRole[] | null;

  @Field(() => [ID], { nullable: true, description: 'Members of these groups.' })
  groupIds?: string[] | null;

  @Field(() => Int, {
    description: 'From -100 to 100; the highest one of a person counts, and everybody else has 0.',
  })
  priority!: number;
}

@InputType({ description: 'How people wait. It counts for whoever joins from now on, and for new offers.' })
export class WaitlistInput {
  @Field(() => Int, {
    defaultValue: 30,
    description: 'How long an offer can be taken, up to a week, but not beyond its start.',
  })
  offerMinutes!: number;

  @Field(() => Int, { defaultValue: 10, description: 'For how much one person waits at a time, up to 100.' })
  mostOpen!: number;

  @Field(() => [WaitPriorityInput], {
    nullable: true,
    description: 'Who comes first, up to 20; without it whoever has asked first.',
  })
  priorities?: WaitPriorityInput[] | null;
}
