import type { Ctx } from '../domain/act.js';
import type { Identity } from '../domain/auth/identity.js';
import type { NoticeReader } from '../domain/notifications/notice-reader.js';
import type { RegisteredDocuments } from './documents/registered.js';

/** The context of one GraphQL operation: an act's context, and the operation's own loaders (see loader.ts). */
export interface GraphQLContext extends Ctx {
  /** Aborts when the caller is gone or the operation has run out of time. */
  readonly signal: AbortSignal;
  /** Signs in and out. */
  readonly identity: Identity;
  /** What people reach this server under, without a slash at its end: https://rooms.example.com. Null: nobody has said. */
  readonly publicUrl: string | null;
  /** Tells of notifications as they are written; null where subscriptions to them are refused. */
  readonly notices: NoticeReader | null;
  /** What API clients have registered; null or left out where no documents are served. */
  readonly registered?: RegisteredDocuments | null;
}
