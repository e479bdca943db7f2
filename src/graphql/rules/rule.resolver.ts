import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { summaryOf } from '../../domain/decisions/rule-summary.js';
import { globalId } from '../../domain/ids.js';
import type { Rule as RuleRow } from '../../domain/schedules/rule.js';
import { mayRule } from '../../domain/schedules/rule-rights.js';
import type { GraphQLContext } from '../context.js';
import {
  manageableById,
  manageablePlaceById,
  placeById,
  resourceById,
  resourceTypeById,
} from '../resources/loaders.js';
import { Place } from '../resources/place.view.js';
import { Resource } from '../resources/resource.view.js';
import { ResourceType } from '../resources/resource-type.view.js';
import { nameInRules } from './loaders.js';
import { Rule } from './rule.view.js';
import { idsIn, shownSettings } from './rule-settings.js';
import { RuleSettings } from './rule-settings.view.js';
import { originOf, RuleOrigin } from './scope.js';

@Resolver(() => Rule)
export class RuleResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation.' })
  id(@Root() rule: RuleRow): string {
    return globalId('Rule', rule.id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Tells quotas apart; null for other kinds.' })
  name(@Root() rule: RuleRow): string | null {
    return rule.name || null;
  }

  @FieldResolver(() => RuleOrigin, { description: 'For what it is made.' })
  origin(@Root() rule: RuleRow): RuleOrigin {
    return originOf(rule);
  }

  @FieldResolver(() => Resource, { nullable: true, description: 'The resource for which it is made.' })
  resource(@Root() rule: RuleRow, @Ctx() ctx: GraphQLContext) {
    return rule.resourceId ? resourceById(ctx).load(rule.resourceId) : null;
  }

  @FieldResolver(() => ResourceType, { nullable: true, description: 'The type for which it is made.' })
  resourceType(@Root() rule: RuleRow, @Ctx() ctx: GraphQLContext) {
    return rule.typeId ? resourceTypeById(ctx).load(rule.typeId) : null;
  }

  @FieldResolver(() => Place, { nullable: true, description: 'The place for which it is made.' })
  place(@Root() rule: RuleRow, @Ctx() ctx: GraphQLContext) {
    return rule.placeId ? placeById(ctx).load(rule.placeId) : null;
  }

  @FieldResolver(() => RuleSettings, {
    nullable: true,
    description: 'What it says; null where it only ends an earlier one, so that the next farther one counts.',
  })
  settings(@Root() rule: RuleRow): object | null {
    return shownSettings(rule);
  }

  @FieldResolver(() => String, { description: 'The whole rule as sentences for people.' })
  async summary(@Root() rule: RuleRow, @Ctx() ctx: GraphQLContext): Promise<string> {
    const ids = idsIn(rule);
    const names = await Promise.all(ids.map((id) => nameInRules(ctx).load(id)));
    return summaryOf(rule, (id) => names[ids.indexOf(id)] ?? 'somebody who is gone');
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may change or remove it.' })
  async viewerCanChange(@Root() rule: RuleRow, @Ctx() ctx: GraphQLContext): Promise<boolean> {
    const { viewer } = ctx;
    const manages = async () =>
      ((rule.resourceId !== null && (await manageableById(ctx).load(rule.resourceId))) ||
        (rule.placeId !== null && (await manageablePlaceById(ctx).load(rule.placeId)))) ??
      false;
    return viewer !== null && mayRule(viewer, rule.kind, manages);
  }
}
