import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { invalidInput } from '../../domain/failure.js';
import { decideOperation, deprecateOperation } from '../../domain/operations/decide-operation.js';
import { registerOperation } from '../../domain/operations/register-operation.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { operationById } from './loaders.js';
import {
  OperationActInput,
  OperationDeprecateInput,
  OperationRegisterInput,
  OperationRejectInput,
} from './operation.inputs.js';
import {
  OperationApproveResult,
  OperationDeprecateResult,
  OperationRegisterResult,
  OperationRejectResult,
} from './operation.results.js';
import { readDocument } from './read-document.js';

type Context = GraphQLContext & ViewerCtx;
type Shown = { readonly node: string } | { readonly kind: string };

const WHICH = { description: 'Which document: ops_….' };
const operation = (result: Shown): object => ('node' in result ? { operation: result } : result);
const existing = (id: string, input: OperationActInput | null | undefined) => ({
  id: bareId('PersistedOperation', id),
  expectedVersion: input?.expectedVersion,
});

const doesNotFit = (path: readonly string[], errors: readonly { readonly message: string }[]) =>
  invalidInput(path, errors.map(({ message }) => message).join(' '));

@Resolver()
export class PersistedOperationMutations {
  @Mutation(() => OperationRegisterResult, {
    description:
      'Registers a document, which runs when an administrator has approved it. For the client itself, its owner and administrators.',
  })
  async operationRegister(
    @Arg('input', () => OperationRegisterInput, { description: 'Which document, and what it is called.' })
    input: OperationRegisterInput,
    @Ctx() ctx: Context,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<object> {
    const { clientId, name, number, document } = input;
    const path = ['input', 'document'];
    if (document.includes('\0') || !document.isWellFormed())
      return invalidInput(path, 'A document cannot contain this character.');
    const read = readDocument(schema, document);
    if (!('kind' in read)) return doesNotFit(path, read);
    return operation(
      await registerOperation(ctx, {
        ...read,
        clientId: clientId == null ? ctx.viewer.userId : bareId('ApiClient', clientId),
        name,
        number: number ?? null,
        text: document,
      }),
    );
  }

  @Mutation(() => OperationApproveResult, { description: 'Lets a document run. For administrators.' })
  async operationApprove(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => OperationActInput, { nullable: true, description: 'What you have seen of it.' })
    input: OperationActInput | null | undefined,
    @Ctx() ctx: Context,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<object> {
    const seen = existing(id, input);
    const row = await operationById(ctx).load(seen.id);
    const read = row && readDocument(schema, row.text);
    if (read && !('kind' in read)) return doesNotFit(['id'], read);
    return operation(await decideOperation(ctx, { ...seen, status: 'APPROVED', words: '' }));
  }

  @Mutation(() => OperationRejectResult, {
    description:
      'Says that a document shall not run, or no longer: within 5 seconds, everywhere. For administrators.',
  })
  async operationReject(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => OperationRejectInput, { nullable: true, description: 'Why.' })
    input: OperationRejectInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const words = input?.reason?.trim() ?? '';
    return operation(await decideOperation(ctx, { ...existing(id, input), status: 'REJECTED', words }));
  }

  @Mutation(() => OperationDeprecateResult, {
    description:
      'Announces the end of a document, by headers of its answers. For the owner of its client and administrators.',
  })
  async operationDeprecate(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => OperationDeprecateInput, { description: 'From when on.' })
    input: OperationDeprecateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const { deprecatedAt, endsAt } = input;
    const dates = { deprecatedAt: deprecatedAt ?? null, endsAt: endsAt ?? null };
    return operation(await deprecateOperation(ctx, { ...existing(id, input), ...dates }));
  }
}
