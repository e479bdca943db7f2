import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { badUserInput, costExceeded } from '../errors.js';
import { type CostPlan, planCost } from './cost.js';
import { LIMITS } from './limits.js';
import type { GivenVariables } from './size.js';

const plans = new WeakMap<OperationDefinitionNode, CostPlan>();

const MAX_NESTING = 32;

/** The length of the longest list anywhere in the variables; infinite when they are nested without end. */
function longestList(value: unknown, nesting: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (nesting > MAX_NESTING) return Number.POSITIVE_INFINITY;
  let longest = 0;
  const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const entry of inner) longest = Math.max(longest, longestList(entry, nesting + 1));
  return Array.isArray(value) ? Math.max(longest, value.length) : longest;
}

const NOTHING: GivenVariables = {};

/**
 * Judges one call of a valid document by what its variables say, before anything is read: the sizes of lists
 * and pages, and the cost. Returns the refusal, or null.
 */
export function admit(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: GivenVariables | null | undefined,
): GraphQLError | null {
  const variables = given ?? NOTHING;
  const list = longestList(variables, 0);
  if (list > LIMITS.list) {
    return badUserInput(
      Number.isFinite(list)
        ? `A list has ${list} entries; ${LIMITS.list} are allowed.`
        : `Variables are nested more than ${MAX_NESTING} deep.`,
    );
  }
  let plan = plans.get(operation);
  if (!plan) {
    plan = planCost(schema, document, operation);
    plans.set(operation, plan);
  }
  const page = plan.page(variables);
  if (page > LIMITS.page)
    return badUserInput(`A page has at most ${LIMITS.page} entries; ${page} were asked for.`);
  const cost = plan.cost(variables);
  if (cost <= LIMITS.cost) return null;
  return costExceeded(`This operation could cost ${cost} points; ${LIMITS.cost} are allowed.`, {
    cost,
    limit: LIMITS.cost,
  });
}
