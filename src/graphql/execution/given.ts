import { GraphQLScalarType, type GraphQLSchema, isAbstractType } from 'graphql';

/** The type of every variable in a compiled operation: the value that graphql-js has coerced, untouched. */
export const GIVEN = new GraphQLScalarType<unknown, unknown>({
  name: 'Given__',
  parseValue: (value) => value,
});

const known = new WeakMap<GraphQLSchema, GraphQLSchema>();

/** graphql-jit lets what resolveType throws escape: behind a promise that would end the process. */
function keepTypeErrors(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const resolve = isAbstractType(type) ? type.resolveType : null;
    if (!isAbstractType(type) || !resolve) continue;
    type.resolveType = (...given) => {
      try {
        return resolve(...given);
      } catch {
        return undefined;
      }
    };
  }
}

/** The schema as the compiler sees it: the same, and it knows GIVEN. */
export function withGiven(schema: GraphQLSchema): GraphQLSchema {
  let derived = known.get(schema);
  if (!derived) {
    keepTypeErrors(schema);
    derived = Object.create(schema, {
      getType: { value: (name: string) => (name === GIVEN.name ? GIVEN : schema.getType(name)) },
    }) as GraphQLSchema;
    known.set(schema, derived);
  }
  return derived;
}
