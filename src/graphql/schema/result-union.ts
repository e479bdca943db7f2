import { createUnionType } from 'type-graphql';

type ViewClass = new () => object;

/**
 * The result of one business act: its success, or one of the failures it can meet (at most five, so that
 * clients can read the union). resolve-type.ts tells them apart by the `kind` of failures.
 */
export const resultUnion = (act: string, success: ViewClass, ...failures: ViewClass[]) =>
  createUnionType({
    name: `${act}Result`,
    description: `What became of ${act}.`,
    types: () => [success, ...failures] as never,
  });
