import type { Session } from '../account/session.js';

/** How much of a list is wanted. */
export interface Paging {
  readonly limit: number;
  readonly all?: boolean;
}

interface Connection<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const MOST_AT_ONCE = 200;

/** Reads page by page until there is enough; says so where more is left. */
export async function readPages<T>(
  { out }: Session,
  { all, limit }: Paging,
  page: (first: number, after: string | null) => Promise<Connection<T>>,
): Promise<T[]> {
  const rows: T[] = [];
  const most = all ? Number.POSITIVE_INFINITY : limit;
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo }: Connection<T> = await page(Math.min(MOST_AT_ONCE, most - rows.length), after);
    rows.push(...nodes);
    if (!pageInfo.hasNextPage) return rows;
    if (rows.length >= most) {
      out.say(`There are more than ${most}: see them with --limit or --all.`);
      return rows;
    }
    after = pageInfo.endCursor;
  }
}
