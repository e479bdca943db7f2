import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../domain/ids.js';
import { type LogFileRow, logFilePage } from '../../sql/logs/read-log-files.js';
import { afterEntry } from '../audit/audit.resolver.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { LogFile, LogFileConnection, LogFileFilter } from './log-file.view.js';

/** Throws BAD_USER_INPUT where a text cannot be one of PostgreSQL's. */
function readFilter({ program = null, machine = null, fromAt, untilAt }: LogFileFilter) {
  if (program?.includes('\0') || machine?.includes('\0'))
    throw badUserInput('A text cannot contain the NUL character.');
  return { program, machine, from: fromAt ?? null, until: untilAt ?? null };
}

@Resolver(() => LogFile)
export class LogFileResolver {
  @Query(() => LogFileConnection, {
    description:
      'Full files of the log that are in the file store, those with the latest lines first, for as long as they are kept. For administrators.',
  })
  async logFiles(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => LogFileFilter, { nullable: true, description: 'Which files; all without it.' })
    filter: LogFileFilter | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const rows = await logFilePage(ctx.db, readFilter(filter ?? {}), afterEntry(after), pageSize(first) + 1);
    return pageOf(rows, first, after, ({ untilAt, id }) => [untilAt, id]);
  }

  @FieldResolver(() => ID, { description: 'Opaque: log_….' })
  id(@Root() { id }: LogFileRow): string {
    return globalId('LogFile', id);
  }

  @FieldResolver(() => String, {
    description: 'Where its lines are got from, by the bearer token of an administrator.',
  })
  url(@Root() { id }: LogFileRow, @Ctx() ctx: GraphQLContext): string {
    return `${ctx.publicUrl ?? ''}/export/logs/${globalId('LogFile', id)}.jsonl`;
  }
}
