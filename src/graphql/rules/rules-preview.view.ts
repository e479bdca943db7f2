import { Field, Int, ObjectType } from 'type-graphql';
import { Reason } from '../reservations/refusal.view.js';
import { InvalidInput, NotFound } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({ simpleResolvers: true, description: 'A reservation that a change of rules would refuse.' })
export class BrokenReservation {
  @Field(() => [Reason], {
    description:
      'What would speak against it and does not today; the rule of the input has no id to look up yet.',
  })
  reasons!: Reason[];
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What a change of rules would break, of all that is not over. Nothing happens to it by the change itself.',
})
export class RulesPreview {
  @Field(() => [BrokenReservation], { description: 'The first of them, by start.' })
  nodes!: BrokenReservation[];

  @Field(() => Int, { description: 'How many would break, of those that were looked at.' })
  totalCount!: number;

  @Field(() => Int, { description: 'How many reservations were looked at: the next 10,000 at most.' })
  judgedCount!: number;

  @Field(() => Boolean, { description: 'Whether more would break than nodes names.' })
  hasMore!: boolean;

  @Field(() => Boolean, { description: 'Whether later reservations were left out, since there are so many.' })
  isPartial!: boolean;
}

export const RulesPreviewResult = resultUnion('RulesPreview', RulesPreview, InvalidInput, NotFound);
