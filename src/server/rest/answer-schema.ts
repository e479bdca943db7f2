import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { type Components, type JsonSchema, orNull } from './json-schema.js';

/** The fields under one name of the answer, and whether something may leave them out. */
interface Picked {
  readonly nodes: FieldNode[];
  isSure: boolean;
}

/** Writes down what an operation answers, from its selections and the types of the schema. */
export class AnswerSchemas {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly components: Components,
    document: DocumentNode,
  ) {
    const nodes = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(nodes.map((node) => [node.name.value, node]));
  }

  /** The value of a field with these selections; of several types, those that `may` lets through. */
  value(
    type: GraphQLOutputType,
    selections: readonly SelectionSetNode[],
    may: (type: GraphQLObjectType) => boolean = () => true,
  ): JsonSchema {
    if (isNonNullType(type)) return this.present(type.ofType, selections, may);
    return orNull(this.present(type, selections, may));
  }

  private present(
    type: GraphQLOutputType,
    selections: readonly SelectionSetNode[],
    may: (type: GraphQLObjectType) => boolean,
  ): JsonSchema {
    if (isNonNullType(type)) return this.present(type.ofType, selections, may);
    if (isListType(type)) return { type: 'array', items: this.value(type.ofType, selections) };
    const leaf = this.components.leaf(type);
    if (leaf) return leaf;
    if (isObjectType(type)) return this.object(type, selections);
    const possible = isAbstractType(type) ? this.components.schema.getPossibleTypes(type).filter(may) : [];
    const schemas = possible.map((each) => this.object(each, selections));
    return schemas.length === 1 && schemas[0] ? schemas[0] : { oneOf: schemas };
  }

  private object(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): JsonSchema {
    const picked = new Map<string, Picked>();
    for (const each of selections) this.pick(type, each, true, picked);
    const properties = [...picked].map(([key, { nodes }]) => [key, this.field(type, nodes)] as const);
    const required = [...picked].filter(([, { isSure }]) => isSure).map(([key]) => key);
    return {
      type: 'object',
      ...(type.description && { description: type.description }),
      properties: Object.fromEntries(properties),
      ...(required.length > 0 && { required }),
    };
  }

  private field(type: GraphQLObjectType, nodes: readonly FieldNode[]): JsonSchema {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return { const: type.name };
    const field = type.getFields()[name];
    if (!field) return {};
    const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const value = this.value(field.type, inner);
    return field.description ? { ...value, description: field.description } : value;
  }

  private pick(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    isSure: boolean,
    into: Map<string, Picked>,
  ): void {
    for (const node of selections) {
      const sure = isSure && !node.directives?.length;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const known = into.get(key) ?? { nodes: [], isSure: false };
        known.nodes.push(node);
        known.isSure ||= sure;
        into.set(key, known);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragments.get(node.name.value);
      if (fragment && this.applies(fragment.typeCondition?.name.value, type))
        this.pick(type, fragment.selectionSet, sure, into);
    }
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const { schema } = this.components;
    const named = typeFromAST(schema, { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition } });
    return (
      isCompositeType(named) &&
      isAbstractType(named as GraphQLCompositeType) &&
      schema.isSubType(named as never, type)
    );
  }
}
