import { Field, ID, InputType, Int } from 'type-graphql';
import type { Decision } from '../../domain/approvals/decide-approval.js';
import { DateTime } from '../schema/date-time.js';
import { ApprovalDecision } from './approval.view.js';

const KEY = 'A key of your choice, up to 200 characters: sent again within 24 h it gives the first answer.';

@InputType({ description: 'What an approver decides.' })
export class ApprovalDecideInput {
  @Field(() => ApprovalDecision, { description: 'Approve, reject or ask.' })
  decision!: Decision;

  @Field(() => String, {
    nullable: true,
    description: 'Why, or what is asked: up to 2,000 characters; may be left out to approve.',
  })
  words?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The step that you have seen, from 0 on: refused as ALREADY_DECIDED when that is over.',
  })
  step?: number | null;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The answer to the question of an approver.' })
export class ApprovalAnswerInput {
  @Field(() => String, { description: '1 to 2,000 characters.' })
  words!: string;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Who decides in the place of the viewer, and when.' })
export class DeputyAddInput {
  @Field(() => ID, { description: 'usr_…: an active person.' })
  deputyId!: string;

  @Field(() => DateTime, { nullable: true, description: 'From when on; at once without it.' })
  from?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when, exclusively; until removed without it.',
  })
  until?: Date | null;
}
