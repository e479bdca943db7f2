import type { Wake } from '../../ports/event-bus.js';

/** What travels between processes. A beat wakes nobody: its sender hears it and knows that messages pass. */
export type WireMessage = { readonly from: string } & (Wake | { readonly kind: 'beat' });

/** Wake-ups of one moment, merged: each stream once, sessions once. */
export class PendingWakes {
  private readonly resourceIds = new Set<string>();
  private sessions = false;

  add(wake: Wake): void {
    if (wake.kind === 'sessions') this.sessions = true;
    else for (const id of wake.resourceIds) this.resourceIds.add(id);
  }

  get waiting(): boolean {
    return this.sessions || this.resourceIds.size > 0;
  }

  /** Takes everything out, as few wake-ups of at most so many resources each. */
  take(limit: number): Wake[] {
    const wakes: Wake[] = this.sessions ? [{ kind: 'sessions' }] : [];
    const ids = [...this.resourceIds];
    for (let at = 0; at < ids.length; at += limit) {
      wakes.push({ kind: 'streams', resourceIds: ids.slice(at, at + limit) });
    }
    this.resourceIds.clear();
    this.sessions = false;
    return wakes;
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** The message, or null for anything that another program has put on the channel. */
export function asWireMessage(value: unknown): WireMessage | null {
  if (typeof value !== 'object' || value === null) return null;
  const { from, kind, resourceIds } = value as Record<string, unknown>;
  if (typeof from !== 'string') return null;
  if (kind === 'sessions' || kind === 'beat') return { from, kind };
  return kind === 'streams' && isTexts(resourceIds) ? { from, kind, resourceIds } : null;
}
