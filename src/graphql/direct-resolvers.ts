import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { GraphQLContext } from './context.js';

type Resolve = GraphQLFieldResolver<unknown, GraphQLContext>;
type Storage = ReturnType<typeof getMetadataStorage>;
type Metadata = Storage['queries'][number] | Storage['fieldResolvers'][number];
type Param = NonNullable<Metadata['params']>[number];

/** What a parameter of a method stands for, or null where only type-graphql knows. */
function takeFor(param: Param): Resolve | null {
  if (param.kind === 'root') return param.propertyName || param.getType ? null : (source) => source;
  if (param.kind === 'context') return param.propertyName ? null : (_source, _args, ctx) => ctx;
  if (param.kind === 'info') return (_source, _args, _ctx, info) => info;
  if (param.kind !== 'arg') return null;
  const { name } = param;
  return (_source, args) => args[name];
}

/** Calls the method with what its decorators name; null where it wants more than that. */
function direct(instance: object, { methodName, params, middlewares, roles }: Metadata): Resolve | null {
  const takes = (params ?? []).toSorted((a, b) => a.index - b.index).map(takeFor);
  const whole = takes.every((take, place) => take && params?.some(({ index }) => index === place));
  if (!whole || middlewares?.length || roles?.length) return null;
  const method = (instance as Record<string, (...given: unknown[]) => unknown>)[methodName];
  if (!method) return null;
  const [first, second] = takes as Resolve[];
  if (!first) return () => method.call(instance);
  if (!second) return (...given) => method.call(instance, first(...given));
  if (takes.length === 2) return (...given) => method.call(instance, first(...given), second(...given));
  return (...given) =>
    method.apply(
      instance,
      (takes as Resolve[]).map((take) => take(...given)),
    );
}

/**
 * Lets fields call their resolver's method at once. type-graphql's own way sorts and copies the parameters at
 * each call, makes an instance of the input's class, and waits for validation that is off: a page of 50
 * reservations calls some 300 of these methods, and spent half of its time there.
 */
export function callDirectly(schema: GraphQLSchema): GraphQLSchema {
  const storage = getMetadataStorage();
  const instances = new Map<unknown, object>();
  const replace = (typeName: string | undefined, metadata: Metadata) => {
    const type = typeName === undefined ? undefined : schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[metadata.schemaName] : undefined;
    if (!field) return;
    const Target = metadata.target as new () => object;
    const instance = instances.get(Target) ?? new Target();
    instances.set(Target, instance);
    const resolve = direct(instance, metadata);
    if (resolve) field.resolve = resolve;
  };
  for (const query of storage.queries) replace(schema.getQueryType()?.name, query);
  for (const mutation of storage.mutations) replace(schema.getMutationType()?.name, mutation);
  for (const metadata of storage.fieldResolvers) {
    const of = metadata.getObjectType?.();
    const found = metadata.kind === 'external' && storage.objectTypes.find(({ target }) => target === of);
    if (found) replace(found.name, metadata);
  }
  return schema;
}
