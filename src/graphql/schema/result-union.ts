import { createUnionType } from 'type-graphql';

type ViewClass = new () => object;

/**
 * The result of one business act: its success, or one of the failures it can meet (at most five, so that
 * clients can read the union). A domain value whose `kind` names a failure is that failure, else the success.
 */
export function resultUnion(act: string, success: ViewClass, ...failures: ViewClass[]) {
  const names = new Set(failures.map((failure) => failure.name));
  return createUnionType({
    name: `${act}Result`,
    description: `What became of ${act}.`,
    types: () => [success, ...failures] as never,
    resolveType: (value: { kind?: string }) =>
      value.kind && names.has(value.kind) ? value.kind : success.name,
  });
}
