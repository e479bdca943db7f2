import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { RULE_KINDS, type Rule as RuleRow } from '../../domain/schedules/rule.js';
import type { RuleBook } from '../../domain/schedules/rule-book.js';
import { readRulePage, rulesFor } from '../../domain/schedules/rule-reader.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { AfterRule } from '../../sql/rules/read-rules.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { keyWithId } from '../resources/name-cursor.js';
import { Resource } from '../resources/resource.view.js';
import { type Page, pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { LocalDate } from '../schema/local-date.js';
import { ruleBook, ruleById } from './loaders.js';
import { RuleFilter } from './rule.inputs.js';
import { Rule, RuleConnection } from './rule.view.js';
import { readScope } from './scope.js';

function afterRule(after: string | null | undefined): AfterRule | null {
  if (after == null) return null;
  const [kind, name, id] = keyWithId(after, 3);
  if (!RULE_KINDS.includes(kind as never) || typeof name !== 'string') {
    throw badUserInput('This cursor is not one of ours.');
  }
  return { kind: kind as string, name, id: id as string };
}

@Resolver()
export class RulesResolver {
  @Query(() => Rule, { nullable: true, description: 'One rule; null where there is none of this id.' })
  rule(
    @Arg('id', () => ID, { description: 'The id that some other answer gave.' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<RuleRow | null> {
    return ruleById(ctx).load(bareId('Rule', id));
  }

  @Query(() => RuleConnection, {
    description:
      'Rules by kind and name, those of the past and the future included. What counts for a resource is in Resource.rules.',
  })
  async rules(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => RuleFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: RuleFilter | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<Page<RuleRow>> {
    const wanted = { kind: filter?.kind ?? null, scope: filter?.scope ? readScope(filter.scope) : null };
    const rows = await readRulePage(ctx, wanted, afterRule(after), pageSize(first) + 1);
    return pageOf(rows, first, after, ({ kind, name, id }) => [kind, name, id]);
  }
}

@Resolver(() => Resource)
export class ResourceRulesResolver {
  @FieldResolver(() => [Rule], {
    description: 'The rules that count for it on a date: of each kind the nearest, with where it stands.',
  })
  async rules(
    @Root() resource: ResourceRow,
    @Arg('on', () => LocalDate, {
      nullable: true,
      description: 'A date of its own zone; today without it.',
    })
    on: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<RuleRow[]> {
    const book = (await ruleBook(ctx).load('now')) as RuleBook;
    return rulesFor(ctx, book, resource, on ?? null);
  }
}
