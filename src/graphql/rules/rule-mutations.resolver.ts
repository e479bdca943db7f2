import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { removeRule } from '../../domain/schedules/remove-rule.js';
import { setRule } from '../../domain/schedules/set-rule.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { readRule } from './read-rule.js';
import { RuleRemoveInput, RuleSetInput } from './rule.inputs.js';
import { RuleRemoveResult, RuleSetResult } from './rule.results.js';

@Resolver()
export class RuleMutations {
  @Mutation(() => RuleSetResult, {
    description:
      'Makes a rule, or gives the one at the same scope, kind, name and date other settings. For managers and administrators; whoever looks after a resource or a place for that, quotas, access, approvals and terms excepted.',
  })
  async ruleSet(
    @Arg('input', () => RuleSetInput, { description: 'What counts where, and from when on.' })
    input: RuleSetInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const wanted = readRule(input);
    return 'path' in wanted ? wanted : setRule(ctx as ViewerCtx, wanted);
  }

  @Mutation(() => RuleRemoveResult, {
    description:
      'Takes a rule out as if it had never been there. To end it from a date on, use ruleSet with isEnded. For those who may make it.',
  })
  async ruleRemove(
    @Arg('id', () => ID, { description: 'Which rule.' }) id: string,
    @Arg('input', () => RuleRemoveInput, { nullable: true, description: 'What you have seen of it.' })
    input: RuleRemoveInput | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const expectedVersion = input?.expectedVersion ?? null;
    return removeRule(ctx as ViewerCtx, { id: bareId('Rule', id), expectedVersion });
  }
}
