import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { isFactorRequired, seesFactors } from '../../domain/auth/factors/factor-reader.js';
import type { FactorsRow } from '../../sql/factors/factors-of.js';
import type { GraphQLContext } from '../context.js';
import type { UserSource } from '../users/user.resolver.js';
import { User } from '../users/user.view.js';
import { Factors } from './factors.view.js';
import { factorsByUser } from './loaders.js';

@Resolver(() => User)
export class UserFactorsResolver {
  @FieldResolver(() => Factors, {
    nullable: true,
    description: 'The second factors, for administrators and the person alone; null to others.',
  })
  factors(@Root() user: UserSource, @Ctx() ctx: GraphQLContext) {
    return user.isViewer || seesFactors(ctx.viewer, user.id) ? factorsByUser(ctx).load(user.id) : null;
  }
}

@Resolver(() => Factors)
export class FactorsResolver {
  @FieldResolver(() => Boolean, { description: 'Whether the role demands at least one.' })
  isRequired(@Root() factors: FactorsRow, @Ctx() ctx: GraphQLContext): boolean {
    return isFactorRequired(ctx.identity.secondFactorRoles, factors);
  }
}
