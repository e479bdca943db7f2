import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Webhook, WebhookDelivery } from './webhook.view.js';

@ObjectType({ simpleResolvers: true, description: 'The webhook is as asked for; a removed one as it was.' })
export class WebhookSuccess {
  @Field(() => Webhook, { description: 'The webhook.' })
  webhook!: Webhook;
}

@ObjectType({ simpleResolvers: true, description: 'The webhook has a new secret.' })
export class WebhookSecretSuccess {
  @Field(() => Webhook, { description: 'The webhook.' })
  webhook!: Webhook;

  @Field(() => String, {
    description: 'What its receiver verifies signatures with: whsec_…. Shown this once; keep it.',
  })
  secret!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The message is sent within a second or so.' })
export class WebhookDeliverySuccess {
  @Field(() => WebhookDelivery, { description: 'The delivery; read it again to see what became of it.' })
  delivery!: WebhookDelivery;
}

export const WebhookCreateResult = resultUnion('WebhookCreate', WebhookSecretSuccess, InvalidInput, NotFound);
export const WebhookUpdateResult = resultUnion(
  'WebhookUpdate',
  WebhookSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
);
export const WebhookRemoveResult = resultUnion('WebhookRemove', WebhookSuccess, NotFound, VersionConflict);
export const WebhookPauseResult = resultUnion('WebhookPause', WebhookSuccess, NotFound, VersionConflict);
export const WebhookResumeResult = resultUnion('WebhookResume', WebhookSuccess, NotFound, VersionConflict);
export const WebhookRotateSecretResult = resultUnion(
  'WebhookRotateSecret',
  WebhookSecretSuccess,
  NotFound,
  VersionConflict,
);
export const WebhookTestResult = resultUnion('WebhookTest', WebhookDeliverySuccess, NotFound);
export const WebhookDeliveryReplayResult = resultUnion(
  'WebhookDeliveryReplay',
  WebhookDeliverySuccess,
  NotFound,
);
