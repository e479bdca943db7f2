import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { rehearseSync, runDirectorySync } from '../../domain/auth/run-directory-sync.js';
import type { SyncChange, SyncReport } from '../../domain/auth/sync-report.js';
import { invalidInput } from '../../domain/failure.js';
import { readSync } from '../../sql/directory/sync-lease.js';
import type { GraphQLContext } from '../context.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import {
  DirectorySync,
  DirectorySyncChange,
  DirectorySyncCount,
  DirectorySyncInput,
  DirectorySyncReport,
  DirectorySyncResult,
} from './directory.view.js';

const BUSY = { kind: 'DirectorySyncBusy', message: 'A sync is running.', path: [] } as const;

@Resolver(() => DirectorySyncReport)
export class DirectoryResolver {
  @Query(() => DirectorySync, {
    nullable: true,
    description: 'How the sync with the directory does; null where there is none. For administrators.',
  })
  async directorySync(@Ctx() ctx: GraphQLContext): Promise<object | null> {
    return ctx.identity.directorySync && readSync(ctx.db, ctx.clock.fixed());
  }

  @Mutation(() => DirectorySyncResult, {
    name: 'directorySync',
    description:
      'Syncs with the directory now, or tells what that would do. A large directory takes longer than a request may: read `directorySync` later. For administrators.',
  })
  async syncDirectory(
    @Arg('input', () => DirectorySyncInput, { description: 'How.' })
    { dryRun, acceptLosses }: DirectorySyncInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const { directorySync } = ctx.identity;
    if (!directorySync) return invalidInput([], 'No directory is configured.');
    const report = dryRun
      ? await rehearseSync(ctx, directorySync)
      : await runDirectorySync(ctx, directorySync, { atOnce: true, acceptLosses });
    return report ? { report } : BUSY;
  }

  @FieldResolver(() => [DirectorySyncCount])
  counts(@Root() { counts }: SyncReport): object[] {
    return Object.entries(counts).map(([kind, count]) => ({ kind, count }));
  }
}

@Resolver(() => DirectorySyncChange)
export class DirectorySyncChangeResolver {
  @FieldResolver(() => User)
  async user(@Root() { userId }: SyncChange, @Ctx() ctx: GraphQLContext): Promise<object | null> {
    return userId === null ? null : userById(ctx).load(userId);
  }
}
