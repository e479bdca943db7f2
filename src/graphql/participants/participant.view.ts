import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

export enum InvitationResponse {
  NONE = 'NONE',
  ACCEPTED = 'ACCEPTED',
  DECLINED = 'DECLINED',
  TENTATIVE = 'TENTATIVE',
}
registerEnumType(InvitationResponse, {
  name: 'InvitationResponse',
  description: 'What somebody has said to an invitation.',
  valuesConfig: {
    NONE: { description: 'Nothing yet, or not since it was moved to another time.' },
    ACCEPTED: { description: 'They come.' },
    DECLINED: { description: 'They do not come, and are told of nothing but other times.' },
    TENTATIVE: { description: 'They do not know yet.' },
  },
});

export enum InvitationAnswer {
  ACCEPTED = 'ACCEPTED',
  DECLINED = 'DECLINED',
  TENTATIVE = 'TENTATIVE',
}
registerEnumType(InvitationAnswer, {
  name: 'InvitationAnswer',
  description: 'What somebody can say to an invitation.',
  valuesConfig: {
    ACCEPTED: { description: 'I come.' },
    DECLINED: { description: 'I do not come.' },
    TENTATIVE: { description: 'I do not know yet.' },
  },
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Somebody who takes part in a reservation beside its owner, with an account here or as a guest by mail.',
})
export class Participant extends Node {
  @Field(() => InvitationResponse, { description: 'What they have said; the last word counts.' })
  response!: InvitationResponse;

  @Field(() => DateTime, { nullable: true, description: 'When they have; null as long as they have not.' })
  respondedAt!: string | null;

  @Field(() => DateTime, { description: 'When they were invited.' })
  createdAt!: string;
}
