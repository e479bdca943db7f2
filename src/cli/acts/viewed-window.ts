import { wrongUsage } from '../failure.js';
import { instantOfWhen, whenOf } from '../time/when.js';

const DAY = 86_400_000;

/** The window to look at: from now on, and for so many days, unless said otherwise. */
export function viewedWindow(
  zone: string,
  { from, to }: { readonly from?: string; readonly to?: string },
  days: number,
): { startsAt: string; endsAt: string } {
  const at = (text: string) => instantOfWhen(whenOf(text, zone), zone);
  const start = at(from ?? 'now');
  const end = to === undefined ? start + days * DAY : at(to);
  if (end <= start) throw wrongUsage('--to must lie behind --from.');
  return { startsAt: new Date(start).toISOString(), endsAt: new Date(end).toISOString() };
}
