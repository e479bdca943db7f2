import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** The fields of a selection, those of its fragments included. */
function fieldsOf(selection: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (selection?.selections ?? []).flatMap((node) => {
    if (node.kind === 'Field') return node;
    if (node.kind === 'InlineFragment') return fieldsOf(node.selectionSet, info);
    return fieldsOf(info.fragments[node.name.value]?.selectionSet, info);
  });
}

function gather(
  fields: readonly FieldNode[],
  name: string,
  info: GraphQLResolveInfo,
  into: Set<string>,
): boolean {
  let found = false;
  for (const field of fields) {
    const below = fieldsOf(field.selectionSet, info);
    if (field.name.value === name) {
      found = true;
      for (const each of below) into.add(each.name.value);
    }
    found = gather(below, name, info, into) || found;
  }
  return found;
}

/**
 * What is selected of every field of that name, anywhere below; null where it is not selected. Says what to
 * read along, and is never a matter of rights.
 */
export function selectedOf(info: GraphQLResolveInfo, name: string): ReadonlySet<string> | null {
  const selected = new Set<string>();
  return gather(info.fieldNodes, name, info, selected) ? selected : null;
}

/**
 * Works out once for each field of a document what its selection means; documents are kept, so a plan is met
 * again at every use of one.
 */
export function planned<Plan extends object>(plan: (info: GraphQLResolveInfo) => Plan) {
  const known = new WeakMap<FieldNode, Plan>();
  return (info: GraphQLResolveInfo): Plan => {
    const [field, ...others] = info.fieldNodes;
    if (!field || others.length > 0) return plan(info);
    const found = known.get(field) ?? plan(info);
    known.set(field, found);
    return found;
  };
}

/**
 * The columns to read for such a selection: its own where each field is plainly a column, else `all`, since a
 * field that is worked out may look at any of them. Null reads nothing.
 */
export function columnsFor<Key extends string>(
  selected: ReadonlySet<string> | null,
  plain: ReadonlySet<Key>,
  all: readonly Key[],
): readonly Key[] | null {
  if (!selected) return null;
  const isPlain = (name: string) => name === '__typename' || (plain as ReadonlySet<string>).has(name);
  return [...selected].every(isPlain) ? all.filter((key) => key === ('id' as Key) || selected.has(key)) : all;
}
