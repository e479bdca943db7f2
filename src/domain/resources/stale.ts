import type { NodeKind, VersionConflict } from '../failure.js';

/** VersionConflict where the caller expected another version than the object has; null says to go on (D5). */
export function stale(
  node: NodeKind,
  object: { readonly id: string; readonly version: number },
  expectedVersion: number | null | undefined,
): VersionConflict | null {
  if (expectedVersion == null || expectedVersion === object.version) return null;
  return {
    kind: 'VersionConflict',
    message: `This is at version ${object.version} by now, not ${expectedVersion}.`,
    path: ['expectedVersion'],
    expectedVersion,
    currentVersion: object.version,
    current: { node, id: object.id },
  };
}
