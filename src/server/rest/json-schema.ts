import {
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLOutputType,
  type GraphQLScalarType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
} from 'graphql';

/** JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const BUILT_IN: Readonly<Record<string, JsonSchema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  Int: { type: 'integer', format: 'int32' },
  Float: { type: 'number' },
};
const FORMAT: Readonly<Record<string, string>> = { DateTime: 'date-time', LocalDate: 'date' };

const described = (description: string | null | undefined): JsonSchema =>
  description ? { description } : {};

/** The same or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, ...rest } = schema;
  return typeof type === 'string' && !('const' in schema)
    ? { type: [type, 'null'], ...rest }
    : { anyOf: [schema, { type: 'null' }] };
}

const ofScalar = ({ name, description }: GraphQLScalarType): JsonSchema => ({
  type: 'string',
  ...(FORMAT[name] && { format: FORMAT[name] }),
  ...described(description),
});

/** The schema of a named type that is referred to: scalars of ours, enumerations and inputs. */
function componentOf(type: GraphQLNamedInputType, refer: (type: GraphQLInputType) => JsonSchema): JsonSchema {
  if (isScalarType(type)) return ofScalar(type);
  if (isEnumType(type)) {
    const values = type.getValues();
    const said = values.map(({ name, description }) => `${name}: ${description ?? ''}`).join('\n');
    return {
      type: 'string',
      enum: values.map(({ name }) => name),
      description: [type.description, said].filter(Boolean).join('\n\n'),
    };
  }
  const fields = Object.values(type.getFields());
  const required = fields.filter(isRequiredInputField).map(({ name }) => name);
  return {
    type: 'object',
    ...described(type.description),
    properties: Object.fromEntries(
      fields.map((field) => [field.name, { ...refer(field.type), ...described(field.description) }]),
    ),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** Collects what is referred to while schemas are made, and gives each its place among the components. */
export class Components {
  private readonly schemas = new Map<string, JsonSchema>();

  constructor(readonly schema: GraphQLSchema) {}

  /** What a value of the type may be, null included. */
  readonly input = (type: GraphQLInputType): JsonSchema =>
    isNonNullType(type) ? this.value(type.ofType) : orNull(this.value(type));

  /** A leaf of an answer. */
  leaf(type: GraphQLOutputType): JsonSchema | null {
    return isScalarType(type) || isEnumType(type) ? this.value(type) : null;
  }

  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private value(type: GraphQLInputType): JsonSchema {
    if (isListType(type)) return { type: 'array', items: this.input(type.ofType) };
    if (isNonNullType(type)) return this.value(type.ofType);
    const builtIn = BUILT_IN[type.name];
    if (builtIn) return builtIn;
    if (!this.schemas.has(type.name)) {
      // Its place is taken first: inputs may contain themselves.
      this.schemas.set(type.name, {});
      this.schemas.set(type.name, componentOf(type, this.input));
    }
    return { $ref: `#/components/schemas/${type.name}` };
  }
}
