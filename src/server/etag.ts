const bare = (tag: string): string => tag.trim().replace(/^W\//, '');

/** Whether the caller has it already (RFC 9110, 13.1.2): tags are compared weakly, since proxies that compress weaken them. */
export const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.split(',').some((tag) => bare(tag) === bare(etag) || tag.trim() === '*') ?? false;
