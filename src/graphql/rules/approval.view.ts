import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Who decides together: any one of all that is named.' })
export class Approvers {
  @Field(() => Boolean, { description: 'Whether the managers of the resource are among them.' })
  managers!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What somebody must approve before it counts (kind APPROVAL); times count from the asking.',
})
export class ApprovalSettings {
  @Field(() => Int, {
    nullable: true,
    description: 'What lasts longer than so many minutes; without a condition everything.',
  })
  overMinutes!: number | null;

  @Field(() => Boolean, { description: 'Whether what lies outside opening hours can be asked for.' })
  outsideHours!: boolean;

  @Field(() => [Approvers], { description: 'One of each decides, in this order.' })
  steps!: Approvers[];

  @Field(() => Int, { description: 'After how many minutes a request dies, if not at its start.' })
  deadlineMinutes!: number;

  @Field(() => Int, { nullable: true, description: 'After how many minutes approvers are reminded.' })
  remindMinutes!: number | null;

  @Field(() => Int, { nullable: true, description: 'After how many minutes others decide as well.' })
  escalateMinutes!: number | null;

  @Field(() => Approvers, { nullable: true, description: 'Who these others are.' })
  escalation!: Approvers | null;
}
