import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { revokeSecret, rotateSecret, updateClient } from '../../domain/clients/change-client.js';
import { createClient, DEFAULT_PER_MINUTE } from '../../domain/clients/create-client.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { ApiClientActInput, ApiClientCreateInput, ApiClientUpdateInput } from './client.inputs.js';
import {
  ApiClientCreateResult,
  ApiClientRotateSecretResult,
  ApiClientUpdateResult,
  ApiSecretRevokeResult,
} from './client.results.js';
import { scopeName } from './scope.js';

type Context = GraphQLContext & ViewerCtx;

const WHICH = { description: 'Which API client: cli_….' };

@Resolver()
export class ApiClientMutations {
  @Mutation(() => ApiClientCreateResult, {
    description:
      'Adds an API client and shows its secret, this once. For administrators, who prove first who asks.',
  })
  async apiClientCreate(
    @Arg('input', () => ApiClientCreateInput, { description: 'Which program, and what it may.' })
    input: ApiClientCreateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return createClient(ctx, {
      name: input.name,
      role: input.role ?? 'MEMBER',
      ownerId: input.ownerId == null ? ctx.viewer.userId : bareId('User', input.ownerId),
      scopes: input.scopes.map(scopeName),
      persistedOnly: input.isPersistedOnly ?? false,
      perMinute: input.perMinute ?? DEFAULT_PER_MINUTE,
      perDay: input.perDay ?? null,
      expiresAt: input.expiresAt?.toISOString() ?? null,
    });
  }

  @Mutation(() => ApiClientUpdateResult, {
    description:
      'Changes an API client, and suspends or resumes it. Its tokens end within 5 seconds where they say otherwise by now: it fetches new ones. For administrators, who prove first who asks where it may more by that.',
  })
  async apiClientUpdate(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => ApiClientUpdateInput, { description: 'What is to be different.' })
    input: ApiClientUpdateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const { name, role, scopes, ownerId, isActive, isPersistedOnly, perMinute, perDay, expiresAt } = input;
    const result = await updateClient(ctx, {
      id: bareId('ApiClient', id),
      expectedVersion: input.expectedVersion,
      ...(name != null && { name }),
      ...(role != null && { role }),
      ...(scopes != null && { scopes: scopes.map(scopeName) }),
      ...(ownerId != null && { ownerId: bareId('User', ownerId) }),
      ...(isActive != null && { isActive }),
      ...(isPersistedOnly != null && { persistedOnly: isPersistedOnly }),
      ...(perMinute != null && { perMinute }),
      ...(perDay !== undefined && { perDay }),
      ...(expiresAt !== undefined && { expiresAt: expiresAt?.toISOString() ?? null }),
    });
    return 'node' in result ? { client: result } : result;
  }

  @Mutation(() => ApiClientRotateSecretResult, {
    description:
      'Gives an API client another secret and shows it, this once. The present one counts for 24 hours more. For its owner and for administrators, who prove first who asks.',
  })
  async apiClientRotateSecret(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => ApiClientActInput, { nullable: true, description: 'What you have seen of it.' })
    input: ApiClientActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return rotateSecret(ctx, {
      id: bareId('ApiClient', id),
      expectedVersion: input?.expectedVersion,
    });
  }

  @Mutation(() => ApiSecretRevokeResult, {
    description:
      'Ends a secret at once, and within 5 seconds every token that it was given, over sockets too. For the owner of its client and for administrators.',
  })
  async apiSecretRevoke(
    @Arg('id', () => ID, { description: 'Which secret: sec_….' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await revokeSecret(ctx, { id: bareId('ApiSecret', id) });
    return 'node' in result ? { secret: result } : result;
  }
}
