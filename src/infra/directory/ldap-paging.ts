import type { Client, Entry, Filter, SearchOptions } from 'ldapts';
import { BYTES } from './ldap-person.js';

/** Active Directory gives 1,000 at once, OpenLDAP 500, unless they are told otherwise. */
const PAGE = 500;
/** What a server may spend on one page. */
const PAGE_SECONDS = 20;

/**
 * All entries below `baseDn` that the filter fits, page by page (RFC 2696), so that no server's limit on one answer
 * cuts them short. A server may all the same end early with an empty page, which the library takes for the last one.
 */
export async function* pagesOf(
  client: Client,
  baseDn: string,
  filter: Filter,
  attributes: readonly string[],
): AsyncGenerator<Entry[]> {
  const search = {
    scope: 'sub' as const,
    filter,
    attributes: [...attributes],
    explicitBufferAttributes: BYTES,
    timeLimit: PAGE_SECONDS,
    paged: { pageSize: PAGE },
  } satisfies SearchOptions;
  for await (const { searchEntries } of client.searchPaginated(baseDn, search)) yield searchEntries;
}
