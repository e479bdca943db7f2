import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'An address that is told what happens to reservations, signed by the Standard Webhooks scheme.',
})
export class Webhook extends Node {
  @Field(() => String, { description: 'Unique among webhooks.' })
  name!: string;

  @Field(() => String, { description: 'Where messages are posted to.' })
  url!: string;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Since when it is told nothing, by hand or because its receiver failed for long; null: it is live.',
  })
  pausedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is paused, as a sentence for people.' })
  pauseReason!: string | null;

  @Field(() => Int, { description: 'Attempts that have failed since the last one that did not.' })
  failures!: number;

  @Field(() => DateTime, {
    name: 'oldSecretExpiresAt',
    simple: false,
    nullable: true,
    description: 'Until when the secret before the present one signs along; null: it never was rotated.',
  })
  oldSecretUntil!: string | null;

  @Field(() => Int, { description: 'Counts changes, pauses and resumptions.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'One message to one webhook, and what has become of it. Its id is the webhook-id of every attempt.',
})
export class WebhookDelivery extends Node {
  @Field(() => String, { description: 'What it tells, as on the wire: reservation.moved, or webhook.test.' })
  eventType!: string;

  @Field(() => DateTime, { description: 'When that happened.' })
  createdAt!: string;

  @Field(() => Int, { description: 'Finished ones, since it was written or replayed.' })
  attempts!: number;

  @Field(() => DateTime, {
    name: 'nextAttemptAt',
    simple: false,
    nullable: true,
    description: 'When it is tried next; null: never, unless it is replayed.',
  })
  nextAt!: string | null;

  @Field(() => DateTime, {
    name: 'lastAttemptAt',
    simple: false,
    nullable: true,
    description: 'When the last attempt has ended.',
  })
  lastAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the receiver has taken it.' })
  deliveredAt!: string | null;

  @Field(() => Int, { nullable: true, description: 'Of the last attempt; null where nobody answered.' })
  lastStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed; null where it did not.' })
  lastError!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The beginning of the last answer, at most 1,000 bytes; null where nobody answered.',
  })
  response!: string | null;
}

export const WebhookConnection = connectionOf(Webhook, 'Webhook');
export const WebhookDeliveryConnection = connectionOf(WebhookDelivery, 'WebhookDelivery');
