import { Field, InputType, Int } from 'type-graphql';
import { RuleScopeInput } from '../rules/scope.js';
import { WebhookEvent } from './enums.js';

const VERSION = 'Refuse with VersionConflict when the version is another by now.';
const URL = 'http or https, without user and fragment: https://example.org/hooks.';

@InputType({ description: 'A webhook to add; it is live at once.' })
export class WebhookCreateInput {
  @Field(() => String, { description: '1 to 200 characters, unlike those of the others.' })
  name!: string;

  @Field(() => String, { description: URL })
  url!: string;

  @Field(() => [WebhookEvent], {
    nullable: true,
    description: 'What it is told; every event, those that come later included, when empty or left out.',
  })
  events?: WebhookEvent[] | null;

  @Field(() => RuleScopeInput, {
    nullable: true,
    description:
      'Of which resources; a reservation counts that has one of them, or had before a move. All without it.',
  })
  scope?: RuleScopeInput | null;
}

@InputType({ description: 'What to change of a webhook; what is left out stays.' })
export class WebhookUpdateInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters, unlike those of the others.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: `What waits to be sent goes there too. ${URL}` })
  url?: string | null;

  @Field(() => [WebhookEvent], { nullable: true, description: 'What it is told; every event when empty.' })
  events?: WebhookEvent[] | null;

  @Field(() => RuleScopeInput, {
    nullable: true,
    description: 'Of which resources; of all when it is empty.',
  })
  scope?: RuleScopeInput | null;

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: 'What the caller has seen of a webhook.' })
export class WebhookActInput {
  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}
