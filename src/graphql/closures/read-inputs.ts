import { readScope } from '../rules/scope.js';
import type { ClosurePreviewInput } from './closure.inputs.js';

/** The closure that an input describes. */
export const readClosure = (input: ClosurePreviewInput) => ({
  scope: readScope(input.scope),
  title: input.title,
  startsLocal: input.startsLocal,
  endsLocal: input.endsLocal,
  rrule: input.rrule ?? null,
  exdates: input.exdates ?? [],
});
