import { type DocumentNode, visit } from 'graphql';

/** Fields that show the same to everybody who may subscribe. */
const SHARED = new Set([
  'availability',
  '__typename',
  'resource',
  'id',
  'name',
  'timeZone',
  'window',
  'startsAt',
  'endsAt',
  'version',
  'cursor',
  'cause',
  'capacity',
  'busy',
  'freed',
  'taken',
  'quantity',
  'heldUntil',
  'free',
  'changedAt',
  'areRulesChanged',
]);

/**
 * Whether the document shows every viewer the same, so that one execution serves all of them. Anything that
 * is not known to be so is executed for each viewer apart: no message names what its viewer may not see (E3).
 */
export function isShared(document: DocumentNode): boolean {
  let shared = true;
  visit(document, {
    Field: (node) => {
      if (!SHARED.has(node.name.value)) shared = false;
    },
  });
  return shared;
}
