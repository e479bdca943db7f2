import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

function has(selection: SelectionSetNode | undefined, name: string, info: GraphQLResolveInfo): boolean {
  return (selection?.selections ?? []).some((node) => {
    if (node.kind === 'FragmentSpread') return has(info.fragments[node.name.value]?.selectionSet, name, info);
    if (node.kind === 'Field' && node.name.value === name) return true;
    return has(node.selectionSet, name, info);
  });
}

/** Whether a field of that name is selected anywhere below: what to read along, never a matter of rights. */
export const selects = (info: GraphQLResolveInfo, name: string): boolean =>
  info.fieldNodes.some((field) => has(field.selectionSet, name, info));
