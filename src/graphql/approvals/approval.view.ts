import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Decision as DomainDecision } from '../../domain/approvals/decide-approval.js';
import type { ApprovalWordKind as WordKind } from '../../sql/approvals/approval-row.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

export const ApprovalDecision = {
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  ASKED_BACK: 'ASKED_BACK',
} as const satisfies { [Each in DomainDecision]: Each };
registerEnumType(ApprovalDecision, {
  name: 'ApprovalDecision',
  description: 'What an approver does about a reservation that waits.',
  valuesConfig: {
    APPROVED: { description: 'It passes this step; after the last one it is CONFIRMED.' },
    REJECTED: { description: 'It ends here and occupies nothing any more; the words say why.' },
    ASKED_BACK: { description: 'Whoever has reserved is asked something first. The deadline stays.' },
  },
});

export const ApprovalWordKind = {
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  ASKED_BACK: 'ASKED_BACK',
  ANSWERED: 'ANSWERED',
} as const satisfies { [Each in WordKind]: Each };
registerEnumType(ApprovalWordKind, {
  name: 'ApprovalWordKind',
  description: 'What was said about a reservation that waited.',
  valuesConfig: {
    APPROVED: { description: 'An approver let it pass a step.' },
    REJECTED: { description: 'An approver ended it.' },
    ASKED_BACK: { description: 'An approver asked something.' },
    ANSWERED: { description: 'Whoever has reserved answered.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'One step of an approval: one of its people decides.' })
export class ApprovalStep {
  @Field(() => String, { description: 'The name of the rule that asks for it.' })
  rule!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What one person said while it waited.' })
export class ApprovalWord {
  @Field(() => ApprovalWordKind, { description: 'What it was.' })
  kind!: WordKind;

  @Field(() => Int, { description: 'At which step, from 0 on.' })
  step!: number;

  @Field(() => String, { description: 'In their own words; may be empty.' })
  words!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Who must decide about a reservation, by the rules of the moment at which it was made.',
})
export class Approval {
  @Field(() => Int, {
    description: 'How many steps have approved: the number, from 0 on, of the one that decides.',
  })
  step!: number;

  @Field(() => [ApprovalStep], { description: 'All steps, in order; at most a handful for each rule.' })
  steps!: ApprovalStep[];
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Somebody who decides in the place of somebody else for a time. Deputies have no deputies.',
})
export class Deputy extends Node {
  @Field(() => DateTime, { description: 'The first instant.' })
  fromAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'The first instant behind it; null: until removed.' })
  untilAt!: string | null;
}
