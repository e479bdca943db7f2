import {
  type ExecutionArgs,
  type FieldNode,
  type GraphQLError,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  print,
} from 'graphql';
import type { Window } from '../../domain/time/window.js';
import type { Position } from '../../sql/streams/read-changes.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { judgeRootField } from '../permissions.js';
import { bareId } from '../schema/ids.js';
import { readViewedWindow } from '../schema/read-window.js';
import type { WindowInput } from '../schema/window.js';
import { parseStreamCursor } from './cursor.js';
import { isShared } from './visibility.js';

/** A subscription to availability, read and permitted. */
export interface Wanted {
  readonly resourceIds: readonly string[];
  readonly window: Window;
  readonly after: readonly Position[];
  /** Equal for subscriptions that get the same bytes: document, variables without cursors, who looks in which role. */
  readonly key: string;
}

const MOST_RESOURCES = 200;

/**
 * Reads what the operation subscribes to.
 * @returns what its variables did wrong, as graphql-js says it
 * @throws GraphQLError for arguments that are out of bounds, and where the viewer may not
 */
export async function readWanted(
  args: ExecutionArgs,
  ctx: GraphQLContext,
): Promise<Wanted | readonly GraphQLError[]> {
  const operation = getOperationAST(args.document, args.operationName);
  const type = args.schema.getSubscriptionType();
  const definition = type?.getFields().availability;
  const node = operation?.selectionSet.selections.find(
    (selection): selection is FieldNode => selection.kind === 'Field',
  );
  if (!operation || !definition || node?.name.value !== 'availability') {
    throw badUserInput('Subscribe to availability, by name and not through a fragment.');
  }
  judgeRootField('Subscription.availability', ctx.viewer);
  const variables = getVariableValues(
    args.schema,
    operation.variableDefinitions ?? [],
    args.variableValues ?? {},
  );
  if (variables.errors) return variables.errors;
  const given = getArgumentValues(definition, node, variables.coerced);
  const { resources, window, after } = given as {
    resources: string[];
    window: WindowInput;
    after?: string[] | null;
  };
  if (resources.length < 1 || resources.length > MOST_RESOURCES) {
    throw badUserInput(`Watch 1 to ${MOST_RESOURCES} resources in one subscription.`);
  }
  const viewed = await readViewedWindow(window);
  const resourceIds = [...new Set(resources.map((id) => bareId('Resource', id)))].sort();
  const positions = (after ?? []).map(parseStreamCursor);
  const mine = positions.filter(({ resourceId }) => resourceIds.includes(resourceId));
  const { userId = '', role = '' } = ctx.viewer ?? {};
  const visibility = isShared(args.document) ? 'everybody' : `${userId} ${role}`;
  return {
    resourceIds,
    window: viewed,
    after: mine,
    key: JSON.stringify(
      [
        print(args.document),
        args.operationName ?? '',
        variables.coerced,
        resourceIds,
        viewed,
        visibility,
      ].map((part) => (part === variables.coerced ? { ...variables.coerced, after: undefined } : part)),
    ),
  };
}
