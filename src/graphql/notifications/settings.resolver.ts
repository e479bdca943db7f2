import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { readSettings, type Settings, setSettings } from '../../domain/notifications/set-settings.js';
import type { GraphQLContext } from '../context.js';
import { WEEKDAYS } from '../rules/enums.js';
import {
  NotificationSettings,
  NotificationSettingsSetInput,
  NotificationSettingsSetResult,
} from './settings.view.js';

const shown = (settings: Settings): object => ({
  ...settings,
  digestDays: settings.digestDays.map((day) => WEEKDAYS[day - 1]),
});

@Resolver()
export class SettingsResolver {
  @Query(() => NotificationSettings, {
    description: 'When the viewer is reminded, and gets digests; defaults where nothing was chosen.',
  })
  async notificationSettings(@Ctx() ctx: GraphQLContext & ViewerCtx): Promise<object> {
    return shown(await readSettings(ctx));
  }

  @Mutation(() => NotificationSettingsSetResult, {
    description:
      'Chooses when the viewer is reminded, and gets digests, from now on: what should have come before now does not come.',
  })
  async notificationSettingsSet(
    @Arg('input', () => NotificationSettingsSetInput, { description: 'What is to be different.' })
    input: NotificationSettingsSetInput,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    const digestDays = input.digestDays?.map((day) => WEEKDAYS.indexOf(day) + 1);
    const result = await setSettings(ctx, { ...input, digestDays });
    return 'kind' in result ? result : { settings: shown(result) };
  }
}
