import {
  AvailabilityWatchDocument,
  type AvailabilityWatchSubscription,
} from '../../client/generated/graphql.js';
import type { Act } from '../leaf.js';
import { clean, cleanJson } from '../output/clean.js';
import type { Output } from '../output/output.js';
import { instantShown, type Span, spanExact, spanShown } from '../time/shown.js';
import { findResource } from './find-resource.js';
import { follow } from './follow.js';
import { viewedWindow } from './viewed-window.js';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly jsonl?: boolean;
}

type Event = AvailabilityWatchSubscription['availability'];

/** What one event says, a line each: what is busy at first, then what is freed and taken. */
function tellings(
  event: Event,
): { readonly at: string | null; readonly what: string; readonly span: Span | null }[] {
  if ('busy' in event) return event.busy.map((span) => ({ at: null, what: 'busy', span }));
  const { changedAt: at, freed, taken, areRulesChanged } = event;
  return [
    ...(areRulesChanged ? [{ at, what: 'rules changed', span: null }] : []),
    ...(freed ? [{ at, what: 'freed', span: freed }] : []),
    ...(taken ? [{ at, what: taken.heldUntil ? 'held' : 'taken', span: taken }] : []),
  ];
}

function print(out: Output, event: Event, zone: string): void {
  const name = clean(event.resource?.name ?? '?');
  for (const { at, what, span } of tellings(event)) {
    const exact = [at ?? '', name, what, ...(span ? spanExact(span, zone) : ['', '', zone])];
    const shown = [at ? instantShown(at, zone) : '', name, what.padEnd(5), span ? spanShown(span, zone) : ''];
    out.line(out.isTerminal ? shown.filter(Boolean).join('  ') : exact.join('\t'));
  }
}

const DAYS = 14;

/** Follows what happens to resources until it is interrupted; what was missed while a connection was lost comes later. */
export const watch: Act<Options> = async (session, options, given) => {
  const { out } = session;
  const found = [];
  for (const name of given as string[]) found.push(await findResource(session, name));
  const zones = new Map(found.map(({ id, timeZone }) => [id, timeZone]));
  const window = viewedWindow(session.zoneAt(found[0]), options, DAYS);
  const cursors = new Map<string, string>();
  const variables = () => ({
    resources: [...zones.keys()],
    window,
    after: cursors.size === zones.size ? [...cursors.values()] : null,
  });
  if (out.isTerminal) out.say(`Watching ${found.map(({ name }) => clean(name)).join(', ')}. Ctrl-C ends it.`);
  for await (const { availability: event } of follow(session, AvailabilityWatchDocument, variables)) {
    const id = event.resource?.id ?? '';
    cursors.set(id, event.cursor);
    if (options.jsonl || out.isJson) out.line(cleanJson(event, true));
    else print(out, event, zones.get(id) ?? session.zoneAt());
  }
};
