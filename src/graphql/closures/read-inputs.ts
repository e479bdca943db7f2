import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import { bareId } from '../schema/ids.js';
import type { ClosurePreviewInput, ClosureScopeInput } from './closure.inputs.js';

/** The scope that an input names. */
export const readScope = (input: ClosureScopeInput | null | undefined): RuleScope => ({
  resourceId: input?.resourceId ? bareId('Resource', input.resourceId) : null,
  typeId: input?.resourceTypeId ? bareId('ResourceType', input.resourceTypeId) : null,
  placeId: input?.placeId ? bareId('Place', input.placeId) : null,
});

/** The closure that an input describes. */
export const readClosure = (input: ClosurePreviewInput) => ({
  scope: readScope(input.scope),
  title: input.title,
  startsLocal: input.startsLocal,
  endsLocal: input.endsLocal,
  rrule: input.rrule ?? null,
  exdates: input.exdates ?? [],
});
