import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { CHECK_IN_PATH, DOOR_PATH } from '../../domain/presence/door-links.js';
import { qrCode } from '../../domain/presence/qr-code.js';
import { rotateLink } from '../../domain/presence/rotate-link.js';
import { reaches } from '../../domain/scopes.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { GraphQLContext } from '../context.js';
import { manageableById, resourceById } from '../resources/loaders.js';
import { Resource } from '../resources/resource.view.js';
import { bareId } from '../schema/ids.js';
import { linkTurnOf } from './loaders.js';
import { ResourceLinkRotateResult } from './presence.results.js';
import { DoorLink } from './presence.view.js';

type Token = Pick<DoorLink, 'token'>;

const under = ({ publicUrl }: GraphQLContext, path: string, { token }: Token) =>
  `${publicUrl ?? ''}${path}${token}`;

@Resolver(() => Resource)
export class ResourceLinkResolver {
  @Mutation(() => ResourceLinkRotateResult, {
    description:
      'Gives the resource another link at its door; codes that were printed and displays that were set up before end at once. For whoever may change the resource.',
  })
  async resourceLinkRotate(
    @Arg('id', () => ID, { description: 'Which resource.' }) id: string,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    const resourceId = bareId('Resource', id);
    const result = await rotateLink(ctx, resourceId);
    return 'kind' in result ? result : { resource: await resourceById(ctx).load(resourceId) };
  }

  @FieldResolver(() => DoorLink, {
    nullable: true,
    description: 'What hangs at its door; null for those who may not change the resource.',
  })
  async checkInLink(@Root() { id }: ResourceRow, @Ctx() ctx: GraphQLContext): Promise<Token | null> {
    const { links } = ctx;
    if (!links || !reaches(ctx.viewer, 'manage') || !(await manageableById(ctx).load(id))) return null;
    return { token: links.token(id, (await linkTurnOf(ctx).load(id)) ?? 0) };
  }
}

@Resolver(() => DoorLink)
export class DoorLinkResolver {
  @FieldResolver(() => String)
  checkInUrl(@Root() link: Token, @Ctx() ctx: GraphQLContext): string {
    return under(ctx, CHECK_IN_PATH, link);
  }

  @FieldResolver(() => String)
  doorUrl(@Root() link: Token, @Ctx() ctx: GraphQLContext): string {
    return under(ctx, DOOR_PATH, link);
  }

  @FieldResolver(() => String, { nullable: true })
  qrCode(@Root() link: Token, @Ctx() ctx: GraphQLContext): string | null {
    return ctx.publicUrl ? qrCode(under(ctx, CHECK_IN_PATH, link)) : null;
  }
}
