import { isoText, localText, wallClock } from './zone.js';

export interface Span {
  readonly startsAt: string;
  readonly endsAt: string;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dateText = (wall: number): string => {
  const date = new Date(wall);
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

const timeText = (wall: number): string => localText(wall).slice(11);

/** `Tue 7 Mar 2028 09:00`, by the clocks of the zone. */
export function instantShown(at: string, timeZone: string): string {
  const wall = wallClock(Date.parse(at), timeZone);
  return `${dateText(wall)} ${timeText(wall)}`;
}

/** `Tue 7 Mar 2028 09:00–10:00 Europe/Berlin` */
export function spanShown({ startsAt, endsAt }: Span, timeZone: string): string {
  const [start, end] = [startsAt, endsAt].map((at) => wallClock(Date.parse(at), timeZone)) as [
    number,
    number,
  ];
  const isOneDay = dateText(start) === dateText(end);
  const till = isOneDay ? `–${timeText(end)}` : ` – ${dateText(end)} ${timeText(end)}`;
  return `${dateText(start)} ${timeText(start)}${till} ${timeZone}`;
}

/** Start, end and zone, for programs. */
export const spanExact = ({ startsAt, endsAt }: Span, timeZone: string): readonly string[] => [
  isoText(Date.parse(startsAt), timeZone),
  isoText(Date.parse(endsAt), timeZone),
  timeZone,
];

/** `2028-03-07 09:00`, as it can be typed again. */
export const typedTime = (at: string, timeZone: string): string =>
  localText(wallClock(Date.parse(at), timeZone)).replace('T', ' ');
