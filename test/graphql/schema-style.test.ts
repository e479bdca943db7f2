import {
  type GraphQLField,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { guardRootFields } from '../../src/graphql/permissions.js';

const schema = buildHoldfastSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);
const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type));
const fields = composite.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
);
const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** A sentence that only repeats the name, or none, adds nothing. */
const saysNothing = (name: string, description: string | null | undefined) =>
  !description ||
  description.replace(/\W/g, '').toLowerCase() === name.toLowerCase() ||
  !/[.]$/.test(description);

it('describes everything in a sentence that adds something', () => {
  const named = [
    ...types
      .filter(({ name }) => !ROOTS.includes(name))
      .map(({ name, description }) => [name, name, description]),
    ...fields.map(({ name, field }) => [name, field.name, field.description]),
    ...fields.flatMap(({ name, field }) =>
      field.args.map((arg) => [`${name}(${arg.name})`, arg.name, arg.description]),
    ),
    ...types
      .filter(isEnumType)
      .flatMap((type) =>
        type.getValues().map((value) => [`${type.name}.${value.name}`, value.name, value.description]),
      ),
    ...types
      .filter(isInputObjectType)
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => [
          `${type.name}.${field.name}`,
          field.name,
          field.description,
        ]),
      ),
  ] as [string, string, string | undefined][];
  expect(named.length).toBeGreaterThan(300);
  expect(
    named.filter(([, name, description]) => saysNothing(name, description)).map(([where]) => where),
  ).toEqual([]);
});

it('lists only what is there: [T!]!', () => {
  const loose = fields.filter(({ name, field }) => {
    if (name === 'Query.nodes') return false;
    const outer = field.type instanceof GraphQLNonNull ? field.type.ofType : field.type;
    if (!(outer instanceof GraphQLList)) return false;
    return !(field.type instanceof GraphQLNonNull) || !(outer.ofType instanceof GraphQLNonNull);
  });
  expect(loose.map(({ name }) => name)).toEqual([]);
});

/** Instants whose name says what they are the start or the end of. */
const INSTANTS = /At$|\.(heldUntil|(earliest|latest)(Start|End))$/;

it('lets instants end in At, and relates objects instead of naming their ids', () => {
  const instants = fields.filter(({ field }) => getNamedType(field.type).name === 'DateTime');
  expect(instants.filter(({ name }) => !INSTANTS.test(name)).map(({ name }) => name)).toEqual([]);
  expect(fields.filter(({ field }) => /.Ids?$/.test(field.name)).map(({ name }) => name)).toEqual([]);
});

/** One member for each kind of rule: to read a rule is to read one of them. */
const WIDE = new Map([['RuleSettings', 9]]);

it('keeps unions small, and every failure a UserError', () => {
  for (const union of types.filter(isUnionType)) {
    const members = union.getTypes();
    expect(members.length).toBeLessThanOrEqual(WIDE.get(union.name) ?? 6);
    if (!union.name.endsWith('Result')) continue;
    const failures = members
      .slice(1)
      .filter((member) => !member.getInterfaces().some(({ name }) => name === 'UserError'));
    expect(failures.map(({ name }) => `${union.name}: ${name}`)).toEqual([]);
  }
});

it('takes an id apart from the input', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}) as GraphQLField<
    unknown,
    unknown
  >[];
  expect(mutations.length).toBeGreaterThan(15);
  expect(
    mutations
      .flatMap(({ args }) => args.map(({ name }) => name))
      .filter((name) => !['id', 'input'].includes(name)),
  ).toEqual([]);
});

const schemaOf = (queries: Record<string, GraphQLOutputType>) =>
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: Object.fromEntries(
        Object.entries(queries).map(([name, type]) => [name, { type, resolve: () => null }]),
      ),
    }),
  });

it('stops the start at a root field without a rule, and at a rule without a field', () => {
  expect(() => guardRootFields(schemaOf({ secrets: GraphQLString }))).toThrow(
    'permissions.ts has no rule for Query.secrets',
  );
  expect(() => guardRootFields(schemaOf({ viewer: GraphQLString }))).toThrow(
    'names fields that are not there',
  );
});
