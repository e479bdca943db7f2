import type { Ctx } from '../domain/act.js';
import type { FileLimits } from '../domain/attachments/attach-file.js';
import type { Identity } from '../domain/auth/identity.js';
import type { NoticeReader } from '../domain/notifications/notice-reader.js';
import type { DoorLinks } from '../domain/presence/door-links.js';
import type { RegisteredDocuments } from './documents/registered.js';

/** Cookies that a browser keeps out of the reach of scripts. */
export interface Cookies {
  /** What the browser has sent; null for nothing. */
  read(name: CookieName): string | null;
  /** Lets the browser keep it for so many seconds; null lets it forget. LAX comes back on the way from another site, too. */
  write(name: CookieName, value: string | null, seconds: number, sameSite?: 'STRICT' | 'LAX'): void;
}

export type CookieName = 'session' | 'device' | 'visit';

/** The context of one GraphQL operation: an act's context, and the operation's own loaders (see loader.ts). */
export interface GraphQLContext extends Ctx {
  /** Null where there can be none: on sockets, and for pages of other origins that may not call. */
  readonly cookies: Cookies | null;
  /** Aborts when the caller is gone or the operation has run out of time. */
  readonly signal: AbortSignal;
  /** Signs in and out. */
  readonly identity: Identity;
  /** What people reach this server under, without a slash at its end: https://rooms.example.com. Null: nobody has said. */
  readonly publicUrl: string | null;
  /** Signs the links at the doors of resources; null where there are none. */
  readonly links: DoorLinks | null;
  /** How much may be attached to reservations; null where this server keeps no files. */
  readonly files?: FileLimits | null;
  /** Tells of notifications as they are written; null where subscriptions to them are refused. */
  readonly notices: NoticeReader | null;
  /** What API clients have registered; null or left out where no documents are served. */
  readonly registered?: RegisteredDocuments | null;
}
