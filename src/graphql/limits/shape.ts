import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** How far an operation reaches, with its fragments spread out. */
export interface Shape {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly fields: number;
  /** Fields of this selection alone. */
  readonly own: number;
  /** The largest `own` here or below. */
  readonly widest: number;
}

const EMPTY: Shape = { depth: 0, introspectionDepth: 0, fields: 0, own: 0, widest: 0 };
const META = new Set(['__schema', '__type']);

/** Side by side: depth of the deeper one, fields of both. */
const beside = (a: Shape, b: Shape): Shape => ({
  depth: Math.max(a.depth, b.depth),
  introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
  fields: a.fields + b.fields,
  own: a.own + b.own,
  widest: Math.max(a.widest, b.widest),
});

const below = (name: string, inner: Shape): Shape => {
  const widest = Math.max(inner.widest, inner.own);
  const introspects = META.has(name);
  return {
    depth: introspects ? 1 : inner.depth + 1,
    introspectionDepth: introspects ? inner.depth + 1 : inner.introspectionDepth,
    fields: inner.fields + 1,
    own: 1,
    widest,
  };
};

/**
 * Measures selections. Each fragment is measured once, so fragments that spread each other many times over
 * cost no more than they are long; one that reaches itself counts as nothing, since another rule refuses it.
 */
export function measureWith(document: DocumentNode): (selections: SelectionSetNode) => Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, Shape>();
  const fragment = (name: string): Shape => {
    let shape = measured.get(name);
    if (!shape) {
      measured.set(name, EMPTY);
      const node = fragments.get(name);
      shape = node ? measure(node.selectionSet) : EMPTY;
      measured.set(name, shape);
    }
    return shape;
  };
  const measure = ({ selections }: SelectionSetNode): Shape => {
    let total = EMPTY;
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        total = beside(total, below(node.name.value, node.selectionSet ? measure(node.selectionSet) : EMPTY));
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        total = beside(total, measure(node.selectionSet));
      } else {
        total = beside(total, fragment(node.name.value));
      }
    }
    return total;
  };
  return (selections) => {
    const shape = measure(selections);
    return { ...shape, widest: Math.max(shape.widest, shape.own) };
  };
}
