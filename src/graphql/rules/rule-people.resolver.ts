import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Access, Quota } from '../../domain/schedules/rule.js';
import type { GraphQLContext } from '../context.js';
import { groupById, trainingById } from '../people/loaders.js';
import { Group, Training } from '../people/people.view.js';
import { AccessSettings, QuotaSettings } from './rule-settings.view.js';

const there = <Row>(rows: readonly (Row | null)[]): Row[] => rows.filter((row) => row !== null);

@Resolver(() => AccessSettings)
export class AccessPeopleResolver {
  @FieldResolver(() => [Group], { description: 'Whose members are let in; those that are gone are missing.' })
  async groups(@Root() { groupIds }: Access, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all((groupIds ?? []).map((id) => groupById(ctx).load(id))));
  }

  @FieldResolver(() => [Training], {
    description: 'What everybody needs, valid to the end of the window; those that are gone are missing.',
  })
  async trainings(@Root() { trainingIds }: Access, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all(trainingIds.map((id) => trainingById(ctx).load(id))));
  }
}

@Resolver(() => QuotaSettings)
export class QuotaPeopleResolver {
  @FieldResolver(() => Group, {
    nullable: true,
    description: 'Whose members are counted together, and nobody else; null counts each person alone.',
  })
  group(@Root() { groupId }: Quota, @Ctx() ctx: GraphQLContext) {
    return groupId ? groupById(ctx).load(groupId) : null;
  }
}
