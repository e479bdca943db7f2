import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { seesFactors } from '../../domain/auth/factors/factor-reader.js';
import type { AuthViewerCtx } from '../../domain/auth/identity.js';
import {
  beginLink,
  confirmLink,
  permitIdentity,
  unlinkIdentity,
} from '../../domain/auth/provider/link-identity.js';
import { notFound } from '../../domain/failure.js';
import { identitiesOf } from '../../sql/identities/identities.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';
import { bareId } from '../schema/ids.js';
import type { UserSource } from '../users/user.resolver.js';
import { User } from '../users/user.view.js';
import {
  IdentityLinkConfirmInput,
  IdentityLinkConfirmResult,
  IdentityLinkResult,
  IdentityPermitResult,
  IdentityUnlinkInput,
  IdentityUnlinkResult,
  LinkedIdentity,
} from './identities.view.js';

type Context = GraphQLContext & AuthViewerCtx;

const identitiesByUser = defineLoader(async (ctx, ids) =>
  Map.groupBy(await identitiesOf(ctx.db, ids), ({ userId }) => userId),
);

@Resolver(() => User)
export class UserIdentitiesResolver {
  @FieldResolver(() => [LinkedIdentity], {
    description: 'Who the person is at providers: for administrators and the person alone; empty for others.',
  })
  async identities(@Root() user: UserSource, @Ctx() ctx: GraphQLContext) {
    const isSeen = user.isViewer || seesFactors(ctx.viewer, user.id);
    return (isSeen && (await identitiesByUser(ctx).load(user.id))) || [];
  }
}

@Resolver()
export class IdentityMutations {
  @Mutation(() => IdentityLinkResult, {
    description:
      'Begins to link an identity at the provider to your account. NotFound: there is no provider.',
  })
  async identityLink(@Ctx() ctx: Context): Promise<object> {
    if (!ctx.identity.provider) return notFound([], 'identity provider');
    const begun = await beginLink(ctx);
    if ('kind' in begun) return begun;
    return { url: `${ctx.publicUrl ?? ''}/auth/oidc/start?link=${begun.challenge}` };
  }

  @Mutation(() => IdentityLinkConfirmResult, {
    description: 'Links the identity that your browser has come back with.',
  })
  async identityLinkConfirm(
    @Arg('input', () => IdentityLinkConfirmInput, { description: 'Which one.' })
    input: IdentityLinkConfirmInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await confirmLink(ctx, input);
    return 'kind' in result ? result : { identity: result };
  }

  @Mutation(() => IdentityUnlinkResult, {
    description: 'Takes an identity from your account, if you have a password to sign in with.',
  })
  async identityUnlink(
    @Arg('input', () => IdentityUnlinkInput, { description: 'Which one.' }) input: IdentityUnlinkInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await unlinkIdentity(ctx, input);
    return 'kind' in result ? result : { identity: result };
  }

  @Mutation(() => IdentityPermitResult, {
    description:
      'Lets whoever has the verified address of this account at the provider link it at the next sign-in there, once within seven days. For administrators, who prove first who asks.',
  })
  async identityPermit(
    @Arg('id', () => ID, { description: 'Whose account.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await permitIdentity(ctx, { id: bareId('User', id) });
    return 'kind' in result ? result : { user: result };
  }
}
