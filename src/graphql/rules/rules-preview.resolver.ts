import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import type { Broken, ChangePreview } from '../../domain/decisions/preview-change.js';
import { previewRemoval, previewRules } from '../../domain/decisions/preview-rules.js';
import type { GraphQLContext } from '../context.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { readRule } from './read-rule.js';
import { RuleSetInput } from './rule.inputs.js';
import { BrokenReservation, RulesPreviewResult } from './rules-preview.view.js';

const FIRST = 'How many to name, up to 200.';

const shown = ({ broken, totalCount, judgedCount, isCut }: ChangePreview) => ({
  nodes: broken,
  totalCount,
  judgedCount,
  hasMore: totalCount > broken.length,
  isPartial: isCut,
});

@Resolver()
export class RulesPreviewResolver {
  @Query(() => RulesPreviewResult, {
    description:
      'Which reservations ruleSet would break with this input; for the same people. Each is judged as if its owner made it: notice and horizon do not count again, buffers stay as they are, quotas count in the order of the starts.',
  })
  async rulesPreview(
    @Arg('input', () => RuleSetInput, { description: 'The rule, as it would be set.' }) input: RuleSetInput,
    @Arg('first', () => Int, { defaultValue: 50, description: FIRST }) first: number,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const size = pageSize(first);
    const wanted = readRule(input);
    if ('path' in wanted) return wanted;
    const preview = await previewRules(ctx as ViewerCtx, wanted, size);
    return 'path' in preview ? preview : shown(preview);
  }

  @Query(() => RulesPreviewResult, {
    description:
      'Which reservations ruleRemove would break; for the same people. Each is judged as by rulesPreview, under what counts there without the rule.',
  })
  async ruleRemovePreview(
    @Arg('id', () => ID, { description: 'Which rule.' }) id: string,
    @Arg('first', () => Int, { defaultValue: 50, description: FIRST }) first: number,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const preview = await previewRemoval(ctx as ViewerCtx, bareId('Rule', id), pageSize(first));
    return 'path' in preview ? preview : shown(preview);
  }
}

@Resolver(() => BrokenReservation)
export class BrokenReservationResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'The reservation itself; null where the viewer may not see it.',
  })
  reservation(@Root() broken: Broken, @Ctx() ctx: GraphQLContext) {
    return reservationById(ctx).load(broken.reservationId);
  }
}
