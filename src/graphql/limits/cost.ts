import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { type GivenVariables, keysOf, pageSizeOf, type Size, UNBOUNDED_LIST } from './size.js';

/**
 * What an operation may cost at most, before anything has been read: one point for each object that it can
 * return. A list returns as many as `first` or its list of keys says, else ten; what is below it counts that
 * many times. Scalars are free. Introspection counts as one, since GraphQL's own rules bound it.
 */
export interface CostPlan {
  cost(variables: GivenVariables): number;
  /** The largest `first` or `last` of the call. */
  page(variables: GivenVariables): number;
}

interface Part {
  readonly times: Size;
  /** The page that this field was asked for, where it was asked for one. */
  readonly page: Size | null;
  readonly parts: readonly Part[];
}

const PAGE_FIELDS = new Set(['edges', 'nodes']);
const told = (size: Size, variables: GivenVariables) => (typeof size === 'number' ? size : size(variables));

const total = (parts: readonly Part[], variables: GivenVariables): number => {
  let sum = 0;
  for (const part of parts) sum += told(part.times, variables) * (1 + total(part.parts, variables));
  return sum;
};

const largest = (parts: readonly Part[], variables: GivenVariables): number => {
  let found = 0;
  for (const { page, parts: inner } of parts) {
    found = Math.max(found, page === null ? 0 : told(page, variables), largest(inner, variables));
  }
  return found;
};

const fieldOf = (type: GraphQLCompositeType, name: string) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

const returnsList = (type: GraphQLOutputType): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);

class Planner {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    }
  }

  parts({ selections }: SelectionSetNode, type: GraphQLCompositeType, page: Size | null): Part[] {
    return selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return this.field(node, type, page);
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragments.get(node.name.value);
      if (!fragment) return [];
      const inner = fragment.typeCondition ? typeFromAST(this.schema, fragment.typeCondition) : type;
      return this.parts(fragment.selectionSet, isCompositeType(inner) ? inner : type, page);
    });
  }

  private field(
    node: Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>,
    parent: GraphQLCompositeType,
    pageOfParent: Size | null,
  ): Part[] {
    const field = fieldOf(parent, node.name.value);
    if (!field) return node.selectionSet ? [{ times: 1, page: null, parts: [] }] : [];
    const page = pageSizeOf(field, node, this.operation);
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || !node.selectionSet)
      return page === null ? [] : [{ times: 0, page, parts: [] }];
    const list = returnsList(field.type);
    const times = list ? this.times(field, node, page, pageOfParent) : 1;
    return [{ times, page, parts: this.parts(node.selectionSet, type, list ? null : page) }];
  }

  private times(
    field: NonNullable<ReturnType<typeof fieldOf>>,
    node: Parameters<typeof keysOf>[1],
    page: Size | null,
    pageOfParent: Size | null,
  ): Size {
    if (page !== null) return page;
    if (pageOfParent !== null && PAGE_FIELDS.has(field.name)) return pageOfParent;
    return keysOf(field, node, this.operation) ?? UNBOUNDED_LIST;
  }
}

/** Plans the cost of one operation of a valid document. */
export function planCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostPlan {
  const root = schema.getRootType(operation.operation);
  const parts = root
    ? new Planner(schema, document, operation).parts(operation.selectionSet, root, null)
    : [];
  return {
    cost: (variables) => total(parts, variables),
    page: (variables) => largest(parts, variables),
  };
}
