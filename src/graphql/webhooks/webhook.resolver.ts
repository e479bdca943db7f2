import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../domain/ids.js';
import { payloadOf } from '../../domain/webhooks/payload.js';
import type { DeliveryRow } from '../../sql/webhooks/delivery-row.js';
import { deliveryPage } from '../../sql/webhooks/read-deliveries.js';
import { webhookPage } from '../../sql/webhooks/read-webhooks.js';
import type { WebhookRow } from '../../sql/webhooks/webhook-row.js';
import type { GraphQLContext } from '../context.js';
import { placeById, resourceById, resourceTypeById } from '../resources/loaders.js';
import { afterName, keyWithId } from '../resources/name-cursor.js';
import { Place } from '../resources/place.view.js';
import { Resource } from '../resources/resource.view.js';
import { ResourceType } from '../resources/resource-type.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { eventOf, WebhookDeliveryStatus, WebhookEvent } from './enums.js';
import { webhookById } from './loaders.js';
import { Webhook, WebhookConnection, WebhookDelivery, WebhookDeliveryConnection } from './webhook.view.js';

const FIRST = { defaultValue: 50, description: 'How many at most, up to 200.' };
const AFTER = { nullable: true as const, description: 'The cursor to go on behind.' };

@Resolver(() => Webhook)
export class WebhookResolver {
  @Query(() => Webhook, {
    nullable: true,
    description: 'One webhook; null where there is none of this id. For managers and administrators.',
  })
  webhook(@Arg('id', () => ID, { description: 'whk_….' }) id: string, @Ctx() ctx: GraphQLContext) {
    return webhookById(ctx).load(bareId('Webhook', id));
  }

  @Query(() => WebhookConnection, { description: 'All webhooks by name. For managers and administrators.' })
  async webhooks(
    @Arg('first', () => Int, FIRST) first: number,
    @Arg('after', () => String, AFTER) after: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const rows = await webhookPage(ctx.db, afterName(after), pageSize(first) + 1);
    return pageOf(rows, first, after, ({ name, id }) => [name, id]);
  }

  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation: whk_….' })
  id(@Root() { id }: WebhookRow): string {
    return globalId('Webhook', id);
  }

  @FieldResolver(() => [WebhookEvent], { description: 'What it is told; empty: every event.' })
  events(@Root() { events }: WebhookRow): WebhookEvent[] {
    return events.map(eventOf);
  }

  @FieldResolver(() => Resource, { nullable: true, description: 'It is told only of this resource.' })
  resource(@Root() { resourceId }: WebhookRow, @Ctx() ctx: GraphQLContext) {
    return resourceId ? resourceById(ctx).load(resourceId) : null;
  }

  @FieldResolver(() => ResourceType, {
    nullable: true,
    description: 'It is told only of resources of this type.',
  })
  resourceType(@Root() { typeId }: WebhookRow, @Ctx() ctx: GraphQLContext) {
    return typeId ? resourceTypeById(ctx).load(typeId) : null;
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description: 'It is told only of resources at this place and below it.',
  })
  place(@Root() { placeId }: WebhookRow, @Ctx() ctx: GraphQLContext) {
    return placeId ? placeById(ctx).load(placeId) : null;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who has added it.' })
  creator(@Root() { creatorId }: WebhookRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(creatorId);
  }

  @FieldResolver(() => WebhookDeliveryConnection, {
    description: 'Its messages, the newest first, as long as history is kept.',
  })
  async deliveries(
    @Root() { id }: WebhookRow,
    @Arg('first', () => Int, FIRST) first: number,
    @Arg('after', () => String, AFTER) after: string | null | undefined,
    @Arg('status', () => WebhookDeliveryStatus, { nullable: true, description: 'Only those of this status.' })
    status: WebhookDeliveryStatus | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const last = after == null ? null : (keyWithId(after, 1)[0] as string);
    const rows = await deliveryPage(ctx.db, id, last, status ?? null, pageSize(first) + 1);
    return pageOf(rows, first, after, (row) => [row.id]);
  }
}

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  @FieldResolver(() => ID, { description: 'The webhook-id of every attempt: whd_….' })
  id(@Root() { id }: DeliveryRow): string {
    return globalId('WebhookDelivery', id);
  }

  @FieldResolver(() => WebhookDeliveryStatus, { description: 'What has become of it.' })
  status(@Root() { nextAt, deliveredAt }: DeliveryRow): WebhookDeliveryStatus {
    if (nextAt !== null) return WebhookDeliveryStatus.PENDING;
    return deliveredAt === null ? WebhookDeliveryStatus.FAILED : WebhookDeliveryStatus.DELIVERED;
  }

  @FieldResolver(() => String, { description: 'The body that is sent and signed, as JSON.' })
  payload(@Root() delivery: DeliveryRow): string {
    return payloadOf(delivery);
  }

  @FieldResolver(() => Webhook, { nullable: true, description: 'For whom it is.' })
  webhook(@Root() { webhookId }: DeliveryRow, @Ctx() ctx: GraphQLContext) {
    return webhookById(ctx).load(webhookId);
  }
}
