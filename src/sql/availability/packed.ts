/**
 * Many values of one resource in one column: the bytes that PostgreSQL sends in its binary protocol, one behind
 * the other. Of 20,000 claims of 1,000 resources, start, end and end of the hold come in 26 ms instead of 34 as
 * arrays of numbers and 70 as a row each: neither side prints or parses a text for every value.
 */
export const packedInstants = (instant: string): string => `string_agg(timestamptz_send(${instant}), '')`;
export const packedIntegers = (integer: string): string => `string_agg(int4send(${integer}), '')`;
export const packedIds = (id: string): string => `string_agg(uuid_send(${id}), '')`;

/** Microseconds since 2000, as PostgreSQL counts, in two halves; all of them at their largest mean infinity. */
const HALF_MS = 2 ** 32 / 1000;
const FROM_2000 = Date.UTC(2000, 0, 1);
const INFINITE = 0x7fffffff;

/** The instant at that place in ms since 1970; Infinity where it is 'infinity'. */
export function instantAt(packed: Buffer, place: number): number {
  const high = packed.readInt32BE(place * 8);
  if (high === INFINITE) return Number.POSITIVE_INFINITY;
  return Math.round(high * HALF_MS + packed.readUInt32BE(place * 8 + 4) / 1000) + FROM_2000;
}

/** How many instants there are. */
export const instantsIn = (packed: Buffer): number => packed.length / 8;

export const integerAt = (packed: Buffer, place: number): number => packed.readInt32BE(place * 4);

/** The uuid at that place as PostgreSQL prints it. */
export function idAt(packed: Buffer, place: number): string {
  const hex = packed.toString('hex', place * 16, place * 16 + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
