import type { Wake } from '../../ports/event-bus.js';

/** What travels between processes. A beat wakes nobody: its sender hears it and knows that messages pass. */
export type WireMessage = { readonly from: string } & (Wake | { readonly kind: 'beat' });

/** Kinds of wake-ups that say nothing but their kind. */
type Plain = Exclude<Wake, { readonly resourceIds: unknown }>['kind'];
const PLAIN: readonly unknown[] = ['sessions', 'operations'] satisfies Plain[];

/** Wake-ups of one moment, merged: each stream once, each other kind once. */
export class PendingWakes {
  private readonly resourceIds = new Set<string>();
  private readonly plain = new Set<Plain>();

  add(wake: Wake): void {
    if (wake.kind !== 'streams') this.plain.add(wake.kind);
    else for (const id of wake.resourceIds) this.resourceIds.add(id);
  }

  get waiting(): boolean {
    return this.plain.size > 0 || this.resourceIds.size > 0;
  }

  /** Takes everything out, as few wake-ups of at most so many resources each. */
  take(limit: number): Wake[] {
    const wakes: Wake[] = [...this.plain].map((kind) => ({ kind }));
    const ids = [...this.resourceIds];
    for (let at = 0; at < ids.length; at += limit) {
      wakes.push({ kind: 'streams', resourceIds: ids.slice(at, at + limit) });
    }
    this.resourceIds.clear();
    this.plain.clear();
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
  if (kind === 'beat' || PLAIN.includes(kind)) return { from, kind: kind as Plain | 'beat' };
  return kind === 'streams' && isTexts(resourceIds) ? { from, kind, resourceIds } : null;
}
