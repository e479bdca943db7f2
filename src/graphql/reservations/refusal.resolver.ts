import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Conflict as ConflictRow, Reason as ReasonRow } from '../../domain/decisions/reason.js';
import { Closure } from '../closures/closure.view.js';
import { closureById } from '../closures/loaders.js';
import type { GraphQLContext } from '../context.js';
import { resourceById } from '../resources/loaders.js';
import { Resource } from '../resources/resource.view.js';
import { Rule } from '../rules/rule.view.js';
import { reservationById } from './loaders.js';
import { Conflict, Reason } from './refusal.view.js';
import { Reservation } from './reservation.view.js';

@Resolver(() => Reason)
export class ReasonResolver {
  @FieldResolver(() => Resource, {
    nullable: true,
    description: 'The resource it is about; null where it is about the request as a whole.',
  })
  resource(@Root() reason: ReasonRow, @Ctx() ctx: GraphQLContext) {
    return reason.resourceId ? resourceById(ctx).load(reason.resourceId) : null;
  }

  @FieldResolver(() => Rule, {
    nullable: true,
    description: 'The rule that says so, with where it stands; null where no rule but what is reserved does.',
  })
  rule(@Root() reason: ReasonRow) {
    return reason.rule;
  }

  @FieldResolver(() => Closure, {
    nullable: true,
    description: 'CLOSED: the closure that says so; null for other reasons, and once it is removed.',
  })
  closure(@Root() reason: ReasonRow, @Ctx() ctx: GraphQLContext) {
    return reason.closure && closureById(ctx).load(reason.closure.id);
  }
}

@Resolver(() => Conflict)
export class ConflictResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'The reservation itself; null where the viewer may not see it.',
  })
  reservation(@Root() conflict: ConflictRow, @Ctx() ctx: GraphQLContext) {
    return reservationById(ctx).load(conflict.reservationId);
  }
}
