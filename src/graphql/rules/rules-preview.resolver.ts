import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import type { Broken } from '../../domain/decisions/preview-change.js';
import { previewRules } from '../../domain/decisions/preview-rules.js';
import { mayRead } from '../../domain/reservations/rights.js';
import type { GraphQLContext } from '../context.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { pageSize } from '../schema/connection.js';
import { readRule } from './read-rule.js';
import { RuleSetInput } from './rule.inputs.js';
import { BrokenReservation, RulesPreviewResult } from './rules-preview.view.js';

@Resolver()
export class RulesPreviewResolver {
  @Query(() => RulesPreviewResult, {
    description:
      'Which reservations ruleSet would break with this input; for the same people. Each is judged as if its owner made it: notice and horizon do not count again, buffers stay as they are, quotas count in the order of the starts.',
  })
  async rulesPreview(
    @Arg('input', () => RuleSetInput, { description: 'The rule, as it would be set.' }) input: RuleSetInput,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many to name, up to 200.' }) first: number,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const size = pageSize(first);
    const wanted = readRule(input);
    if ('path' in wanted) return wanted;
    const preview = await previewRules(ctx as ViewerCtx, wanted, size);
    if ('path' in preview) return preview;
    const { broken, totalCount, judgedCount, isCut } = preview;
    return {
      nodes: broken,
      totalCount,
      judgedCount,
      hasMore: totalCount > broken.length,
      isPartial: isCut,
    };
  }
}

@Resolver(() => BrokenReservation)
export class BrokenReservationResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'The reservation itself; null where the viewer may not see it.',
  })
  async reservation(@Root() broken: Broken, @Ctx() ctx: GraphQLContext) {
    const row = await reservationById(ctx).load(broken.reservationId);
    return row && mayRead(ctx.viewer, row) ? row : null;
  }
}
