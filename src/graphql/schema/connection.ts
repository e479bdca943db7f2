import { type ClassType, Field, ObjectType } from 'type-graphql';
import { badUserInput } from '../errors.js';

@ObjectType({ simpleResolvers: true, description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'More follow after endCursor.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether the page was asked for with `after`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first node; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Pass as `after` to get the next page; null on an empty page.',
  })
  endCursor!: string | null;
}

export interface Page<Row> {
  readonly nodes: Row[];
  readonly edges: { readonly node: Row; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
}

/** The connection type of a view: `edges`, `nodes` and `pageInfo`. */
export function connectionOf<T extends object>(view: ClassType<T>, name: string) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} of a page.` })
  class Edge {
    @Field(() => view, { description: 'The object itself.' })
    node!: T;

    @Field(() => String, { description: 'Opaque; pass as `after` to go on behind this node.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${name} objects.` })
  class Connection {
    @Field(() => [Edge], { description: 'The nodes with their cursors.' })
    edges!: Edge[];

    @Field(() => [view], { description: 'The nodes alone.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'Where this page lies.' })
    pageInfo!: PageInfo;
  }
  return Connection;
}

/** The largest `first` that any list accepts. */
export const MAX_PAGE = 200;

/** Checks `first`. Throws BAD_USER_INPUT outside 1..MAX_PAGE. */
export function pageSize(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw badUserInput(`first must be between 1 and ${MAX_PAGE}; got ${first}.`);
  }
  return first;
}

/** A cursor is the row's sort key as JSON in base64url. */
export const encodeCursor = (key: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key of a cursor with that many parts. Throws BAD_USER_INPUT for anything else. */
export function decodeCursor(cursor: string, parts: number): (string | number | null)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const plain = (part: unknown) => part === null || typeof part === 'string' || Number.isFinite(part);
    if (Array.isArray(key) && key.length === parts && key.every(plain)) return key;
  } catch {
    // falls through to the one answer for every bad cursor
  }
  throw badUserInput('This cursor is not one of ours.');
}

/** Cursors are made as far as somebody asks for them: a page shows two of them, or none. */
class LazyPage<Row> implements Page<Row> {
  constructor(
    readonly nodes: Row[],
    private readonly hasNextPage: boolean,
    private readonly hasPreviousPage: boolean,
    private readonly key: (row: Row) => readonly (string | number | null)[],
  ) {}

  get edges(): { node: Row; cursor: string }[] {
    return this.nodes.map((node) => ({ node, cursor: encodeCursor(this.key(node)) }));
  }

  get pageInfo(): PageInfo {
    const { hasNextPage, hasPreviousPage } = this;
    const cursorOf = (row: Row | undefined) => (row === undefined ? null : encodeCursor(this.key(row)));
    return {
      hasNextPage,
      hasPreviousPage,
      startCursor: cursorOf(this.nodes[0]),
      endCursor: cursorOf(this.nodes.at(-1)),
    };
  }
}

/** Builds a page from up to `first + 1` rows: the extra row only tells that more follow. */
export const pageOf = <Row>(
  rows: Row[],
  first: number,
  after: string | null | undefined,
  key: (row: Row) => readonly (string | number | null)[],
): Page<Row> => new LazyPage(rows.slice(0, first), rows.length > first, after != null, key);
