import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'Who decides together: any one of all that is named.' })
export class ApproversInput {
  @Field(() => [ID], { nullable: true, description: 'These people, up to 20.' })
  userIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Members of these groups, up to 20.' })
  groupIds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whoever manages the resource that is asked for, if true.',
  })
  managers?: boolean | null;
}

@InputType({
  description:
    'What somebody must approve before it counts. It occupies while it waits. Nobody decides about what they have or made themselves; administrators decide at every step.',
})
export class ApprovalInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Only what lasts longer than so many minutes; without a condition everything.',
  })
  overMinutes?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'If true, what lies outside opening hours: it may be asked for then, instead of being refused.',
  })
  outsideHours?: boolean | null;

  @Field(() => [ApproversInput], { description: 'One of each decides, in this order; 1 to 5.' })
  steps!: ApproversInput[];

  @Field(() => Int, {
    description: 'A request dies when nobody has decided for so many minutes, or at its start; up to 86,400.',
  })
  deadlineMinutes!: number;

  @Field(() => Int, { nullable: true, description: 'After so many minutes approvers are reminded.' })
  remindMinutes?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'After so many minutes those of the escalation decide as well, and are told.',
  })
  escalateMinutes?: number | null;

  @Field(() => ApproversInput, { nullable: true, description: 'Who they are.' })
  escalation?: ApproversInput | null;
}
