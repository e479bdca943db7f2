import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { AuthViewerCtx } from '../../domain/auth/identity.js';
import { addPasskey, beginPasskey } from '../../domain/auth/passkeys/add-passkey.js';
import { askPasskey } from '../../domain/auth/passkeys/ask-passkey.js';
import { removePasskey, renamePasskey } from '../../domain/auth/passkeys/change-passkey.js';
import { signInByPasskey } from '../../domain/auth/passkeys/sign-in-by-passkey.js';
import { globalId } from '../../domain/ids.js';
import type { FactorsRow } from '../../sql/factors/factors-of.js';
import type { PasskeyRow } from '../../sql/passkeys/passkeys.js';
import { newlyIntoCookies, noCookies, ownFacts } from '../auth/shown-session.js';
import type { GraphQLContext } from '../context.js';
import { admitted } from '../factors/factor-mutations.resolver.js';
import { Factors } from '../factors/factors.view.js';
import { bareId } from '../schema/ids.js';
import { passkeysByUser } from './loaders.js';
import {
  Passkey,
  PasskeyAskInput,
  PasskeyAskResult,
  PasskeyConfirmInput,
  PasskeyConfirmResult,
  PasskeyRegisterResult,
  PasskeyRemoveResult,
  PasskeyRenameInput,
  PasskeyRenameResult,
  SignInByPasskeyInput,
  SignInByPasskeyResult,
} from './passkeys.view.js';

type Context = GraphQLContext & AuthViewerCtx;

const WHICH = { description: 'Which passkey: pky_….' };
const shown = (result: PasskeyRow | { readonly kind: string }): object =>
  'node' in result ? { passkey: result } : result;

@Resolver(() => Passkey)
export class PasskeyResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation: pky_….' })
  id(@Root() { id }: PasskeyRow): string {
    return globalId('Passkey', id);
  }
}

@Resolver(() => Factors)
export class FactorPasskeysResolver {
  @FieldResolver(() => [Passkey], { description: 'Passkeys, the oldest first; twenty at most.' })
  async passkeys(@Root() { userId }: FactorsRow, @Ctx() ctx: GraphQLContext) {
    return (await passkeysByUser(ctx).load(userId)) ?? [];
  }
}

@Resolver()
export class PasskeyMutations {
  @Mutation(() => PasskeyRegisterResult, {
    description: 'Begins to add a passkey of yours; `passkeyConfirm` ends it.',
  })
  passkeyRegister(@Ctx() ctx: Context): Promise<object> {
    return beginPasskey(ctx);
  }

  @Mutation(() => PasskeyConfirmResult, { description: 'Adds the passkey that your browser has made.' })
  passkeyConfirm(
    @Arg('input', () => PasskeyConfirmInput, { description: 'The passkey.' }) input: PasskeyConfirmInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return addPasskey(ctx, input);
  }

  @Mutation(() => PasskeyRenameResult, { description: 'Gives a passkey of yours another name.' })
  async passkeyRename(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => PasskeyRenameInput, { description: 'The name.' }) { name }: PasskeyRenameInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await renamePasskey(ctx, { id: bareId('Passkey', id), name }));
  }

  @Mutation(() => PasskeyRemoveResult, {
    description: 'Removes a passkey of yours; recovery codes go with the last second factor.',
  })
  async passkeyRemove(@Arg('id', () => ID, WHICH) id: string, @Ctx() ctx: Context): Promise<object> {
    return shown(await removePasskey(ctx, { id: bareId('Passkey', id) }));
  }

  @Mutation(() => PasskeyAskResult, {
    description:
      'Asks for a passkey: for `signInConfirm` with a challenge; for `sessionProve` where you are signed in; for `signInByPasskey` otherwise.',
  })
  async passkeyAsk(
    @Arg('input', () => PasskeyAskInput, { nullable: true, description: 'What for.' })
    input: PasskeyAskInput | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    return admitted(await askPasskey(ctx, input ?? {}));
  }

  @Mutation(() => SignInByPasskeyResult, {
    description:
      'Begins a session with a passkey that has seen who holds it, by a PIN or a finger: no password, no other factor.',
  })
  async signInByPasskey(
    @Arg('input', () => SignInByPasskeyInput, { description: 'The answer to `passkeyAsk`.' })
    input: SignInByPasskeyInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    if (input.cookie && !ctx.cookies) return noCookies();
    const deviceToken = ctx.cookies?.read('device') ?? null;
    const result = await signInByPasskey(ctx, { response: input.response, deviceToken });
    if ('kind' in result) return result;
    return ownFacts(input.cookie ? newlyIntoCookies(ctx, result) : result);
  }
}
