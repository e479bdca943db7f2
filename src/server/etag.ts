import { createHash } from 'node:crypto';

const bare = (tag: string): string => tag.trim().replace(/^W\//, '');

/** Whether the caller has it already (RFC 9110, 13.1.2): tags are compared weakly, since proxies that compress weaken them. */
export const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.split(',').some((tag) => bare(tag) === bare(etag) || tag.trim() === '*') ?? false;

/** A tag that changes with every byte of the text. */
export const etagOf = (text: string): string => `"${createHash('sha256').update(text).digest('base64url')}"`;
