import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { setPreferences } from '../../domain/notifications/set-preferences.js';
import { readPreferences } from '../../sql/notifications/preferences.js';
import type { GraphQLContext } from '../context.js';
import {
  NotificationPreference,
  NotificationPreferencesSetInput,
  NotificationPreferencesSetResult,
} from './preference.view.js';

@Resolver()
export class PreferenceResolver {
  @Query(() => [NotificationPreference], {
    description: 'How the viewer is told of things: every kind, in the order of a reservation’s life.',
  })
  notificationPreferences(@Ctx() ctx: GraphQLContext & ViewerCtx) {
    return readPreferences(ctx.db, ctx.viewer.userId);
  }

  @Mutation(() => NotificationPreferencesSetResult, {
    description: 'Chooses how the viewer is told of things, from the next event on.',
  })
  async notificationPreferencesSet(
    @Arg('input', () => NotificationPreferencesSetInput, { description: 'What is to be different.' })
    input: NotificationPreferencesSetInput,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    const result = await setPreferences(ctx, input.preferences);
    return 'kind' in result ? result : { preferences: result };
  }
}
