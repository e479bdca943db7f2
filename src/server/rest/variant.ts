import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  OverlappingFieldsCanBeMergedRule,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { PersistedDocument } from '../../graphql/documents/persisted.js';

/** A document as REST runs it. */
export interface Variant {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** The root field of an operation that has one and no other; its value alone is the answer. */
export function onlyRoot({ selectionSet }: OperationDefinitionNode): FieldNode | null {
  const [only, ...more] = selectionSet.selections;
  return only?.kind === Kind.FIELD && more.length === 0 ? only : null;
}

const selectionsOf = (text: string): readonly SelectionNode[] => {
  const [definition] = parse(text, { noLocation: true }).definitions;
  return (definition as OperationDefinitionNode).selectionSet.selections;
};
// Made anew for each place: graphql-jit notes on a node by which directives it is left out.
const typeName = () => selectionsOf('{ __typename }');
const words = () => selectionsOf('{ ... on UserError { message path } }');

const isFailure = (type: GraphQLCompositeType): boolean =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'UserError');

/** What is told of a refusal whatever the document asks for: the sentence, and every reason. */
function told(type: GraphQLCompositeType): readonly SelectionNode[] {
  const failures = isUnionType(type) ? type.getTypes().filter(isFailure) : [];
  if (failures.length === 0) return [];
  const withReasons = failures.filter(
    (failure) => getNamedType(failure.getFields().reasons?.type)?.name === 'Reason',
  );
  const reasons = withReasons.flatMap(({ name }) =>
    selectionsOf(`{ ... on ${name} { reasons { code message } } }`),
  );
  return [...words(), ...reasons];
}

function rewrite(schema: GraphQLSchema, document: DocumentNode, more: typeof told): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet(node): SelectionSetNode | undefined {
        const type = types.getParentType();
        if (!type || !isAbstractType(type)) return undefined;
        return { ...node, selections: [...typeName(), ...node.selections, ...more(type)] };
      },
    }),
  );
}

const known = new WeakMap<PersistedDocument, Variant>();

/**
 * The document with `__typename` wherever several types are possible, and with the words and reasons of refusals. Where
 * its own aliases stand against those it does without them.
 */
export function variantOf(schema: GraphQLSchema, persisted: PersistedDocument): Variant {
  const found = known.get(persisted);
  if (found) return found;
  const merges = (document: DocumentNode) =>
    validate(schema, document, [OverlappingFieldsCanBeMergedRule]).length === 0;
  const document =
    [told, () => []].map((more) => rewrite(schema, persisted.document, more)).find(merges) ??
    persisted.document;
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const variant = { document, operation: operation ?? persisted.operation };
  known.set(persisted, variant);
  return variant;
}
