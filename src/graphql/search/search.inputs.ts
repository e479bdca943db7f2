import { Field, InputType, Int } from 'type-graphql';
import { ResourceFilter } from '../resources/resource-filter.inputs.js';
import { DateTime } from '../schema/date-time.js';
import { WindowInput } from '../schema/window.js';

@InputType({ description: 'Resources of one kind that are needed at the same time.' })
export class WindowNeedInput {
  @Field(() => ResourceFilter, { nullable: true, description: 'Which resources would do; any without it.' })
  filter?: ResourceFilter | null;

  @Field(() => Int, { defaultValue: 1, description: 'How many different resources.' })
  count!: number;

  @Field(() => Int, { defaultValue: 1, description: 'How many of each, where they are pools.' })
  quantity!: number;
}

@InputType({
  description:
    'What to look for: a window of that length in which resources for all needs are free together.',
})
export class WindowsFindInput {
  @Field(() => WindowInput, { description: 'In which the whole window lies, up to 14 days.' })
  within!: WindowInput;

  @Field(() => Int, { description: 'How long the window is.' })
  minutes!: number;

  @Field(() => [WindowNeedInput], {
    description: 'What is needed at the same time: up to 10 resources in all.',
  })
  needs!: WindowNeedInput[];

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes from one start to the next that is tried: 5 to 1440; by the grid rules, else 15.',
  })
  stepMinutes?: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Windows that start near it come first; the earliest do without it.',
  })
  nearAt?: Date | null;

  @Field(() => Int, { defaultValue: 10, description: 'How many answers, 1 to 50.' })
  first!: number;

  @Field(() => Int, { defaultValue: 1, description: 'How many sets of resources for one start, 1 to 10.' })
  perStart!: number;
}

@InputType({ description: 'The words of a hold on an alternative.' })
export class AlternativeHoldInput {
  @Field(() => String, { description: 'The token of the alternative.' })
  token!: string;

  @Field(() => String, { description: 'What it is for: 1 to 200 characters.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Anything else worth knowing, up to 10,000 characters.',
  })
  details?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key within 24 hours gives the first answer again.',
  })
  idempotencyKey?: string | null;
}
