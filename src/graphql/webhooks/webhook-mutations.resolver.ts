import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { AuthViewerCtx } from '../../domain/auth/identity.js';
import {
  pauseWebhook,
  removeWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from '../../domain/webhooks/change-webhook.js';
import { createWebhook } from '../../domain/webhooks/create-webhook.js';
import { replayDelivery, testWebhook } from '../../domain/webhooks/replay-delivery.js';
import type { GraphQLContext } from '../context.js';
import { readScope } from '../rules/scope.js';
import { bareId } from '../schema/ids.js';
import { eventName } from './enums.js';
import { WebhookActInput, WebhookCreateInput, WebhookUpdateInput } from './webhook.inputs.js';
import {
  WebhookCreateResult,
  WebhookDeliveryReplayResult,
  WebhookPauseResult,
  WebhookRemoveResult,
  WebhookResumeResult,
  WebhookRotateSecretResult,
  WebhookTestResult,
  WebhookUpdateResult,
} from './webhook.results.js';

type Context = GraphQLContext & AuthViewerCtx;
type Shown = { readonly node: string } | { readonly kind: string };

const webhook = (result: Shown): object => ('node' in result ? { webhook: result } : result);
const delivery = (result: Shown): object => ('node' in result ? { delivery: result } : result);
const existing = (id: string, input: WebhookActInput | null | undefined) => ({
  id: bareId('Webhook', id),
  expectedVersion: input?.expectedVersion,
});

const WHICH = { description: 'Which webhook: whk_….' };
const SEEN = { nullable: true as const, description: 'What you have seen of it.' };
const BY = 'For managers and administrators.';

@Resolver()
export class WebhookMutations {
  @Mutation(() => WebhookCreateResult, {
    description: `Adds a webhook and shows its secret, this once. ${BY}`,
  })
  async webhookCreate(
    @Arg('input', () => WebhookCreateInput, { description: 'Who is told what.' }) input: WebhookCreateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const { name, url, events, scope } = input;
    return createWebhook(ctx, { name, url, events: (events ?? []).map(eventName), ...readScope(scope) });
  }

  @Mutation(() => WebhookUpdateResult, { description: `Changes what a webhook is told, and where. ${BY}` })
  async webhookUpdate(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => WebhookUpdateInput, { description: 'What is to be different.' })
    input: WebhookUpdateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const { name, url, events, scope } = input;
    return webhook(
      await updateWebhook(ctx, {
        ...existing(id, input),
        ...(name != null && { name }),
        ...(url != null && { url }),
        ...(events != null && { events: events.map(eventName) }),
        ...(scope != null && readScope(scope)),
      }),
    );
  }

  @Mutation(() => WebhookRemoveResult, {
    description: `Removes a webhook, its history and what waits to be sent. ${BY}`,
  })
  async webhookRemove(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => WebhookActInput, SEEN) input: WebhookActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return webhook(await removeWebhook(ctx, existing(id, input)));
  }

  @Mutation(() => WebhookRotateSecretResult, {
    description: `Gives a webhook another secret and shows it, this once; the present one signs along for 24 h. ${BY}`,
  })
  async webhookRotateSecret(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => WebhookActInput, SEEN) input: WebhookActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return rotateWebhookSecret(ctx, existing(id, input));
  }

  @Mutation(() => WebhookTestResult, {
    description: `Has one message without content sent, also to a webhook that is paused. It is tried once. ${BY}`,
  })
  async webhookTest(@Arg('id', () => ID, WHICH) id: string, @Ctx() ctx: Context): Promise<object> {
    return delivery(await testWebhook(ctx, { id: bareId('Webhook', id) }));
  }

  @Mutation(() => WebhookPauseResult, {
    description: `Pauses a webhook until it is resumed: what happens meanwhile is not kept for it. ${BY}`,
  })
  async webhookPause(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => WebhookActInput, SEEN) input: WebhookActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return webhook(await pauseWebhook(ctx, existing(id, input)));
  }

  @Mutation(() => WebhookResumeResult, {
    description: `Ends a pause: what waited is sent at once; what happened meanwhile was not kept. ${BY}`,
  })
  async webhookResume(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => WebhookActInput, SEEN) input: WebhookActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return webhook(await resumeWebhook(ctx, existing(id, input)));
  }

  @Mutation(() => WebhookDeliveryReplayResult, {
    description: `Sends a message again under the same webhook-id, whatever became of it. ${BY}`,
  })
  async webhookDeliveryReplay(
    @Arg('id', () => ID, { description: 'Which delivery: whd_….' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return delivery(await replayDelivery(ctx, { id: bareId('WebhookDelivery', id) }));
  }
}
