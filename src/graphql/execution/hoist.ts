import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { GIVEN } from './given.js';

/** An argument that was written out in the document, and the variable that now stands in its place. */
export interface HoistedArgument {
  readonly variable: string;
  readonly node: ValueNode;
  readonly type: GraphQLInputType;
}

export interface HoistedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly hoisted: readonly HoistedArgument[];
}

const PREFIX = '__hoisted';

/** Only @skip and @include look at a variable's type; they want it to be Boolean, and Booleans coerce to themselves. */
const given = (definition: VariableDefinitionNode): VariableDefinitionNode => {
  const named = definition.type.kind === Kind.NON_NULL_TYPE ? definition.type.type : definition.type;
  if (named.kind === Kind.NAMED_TYPE && named.name.value === 'Boolean') return definition;
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: definition.variable,
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: GIVEN.name } },
  };
};

const declared = (variable: string): VariableDefinitionNode =>
  given({
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: GIVEN.name } },
  });

/**
 * Rewrites one operation so that graphql-jit sees no value at all: each written argument becomes a variable,
 * and each variable is taken as it is given. The values are coerced by graphql-js at run time.
 *
 * graphql-jit 0.8.9 has its own coercion, which differs (defaults of input fields, @oneOf, variables that are
 * missing inside a literal), and it pastes literals into the code that it compiles: a string that begins with
 * its marker for dates would run as JavaScript. Null for what cannot be compiled.
 */
export function hoistArguments(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): HoistedOperation | null {
  const variables = operation.variableDefinitions ?? [];
  if (variables.some(({ variable }) => variable.name.value.startsWith(PREFIX))) return null;
  const hoisted: HoistedArgument[] = [];
  let compilable = true;
  const types = new TypeInfo(schema);
  const rewrite = <N extends OperationDefinitionNode | FragmentDefinitionNode>(definition: N): N =>
    visit(
      definition,
      visitWithTypeInfo(types, {
        Field(node) {
          if ((node.alias ?? node.name).value === '__proto__') compilable = false;
        },
        Argument(node) {
          const type = types.getInputType();
          if (types.getDirective() || node.value.kind === Kind.VARIABLE || !type) return undefined;
          const variable = `${PREFIX}${hoisted.length}`;
          hoisted.push({ variable, node: node.value, type });
          const value = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } } as const;
          return { ...node, value: node.value.loc ? { ...value, loc: node.value.loc } : value };
        },
      }),
    );
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const bare = rewrite({ ...operation, variableDefinitions: [] });
  const definitions = fragments.map(rewrite);
  const rewritten: OperationDefinitionNode = {
    ...bare,
    variableDefinitions: [...variables.map(given), ...hoisted.map(({ variable }) => declared(variable))],
  };
  if (!compilable) return null;
  return {
    document: { kind: Kind.DOCUMENT, definitions: [rewritten, ...definitions] },
    operation: rewritten,
    hoisted,
  };
}
