import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { globalId, resourceId } from './database.mjs';

const script = new URL('./sockets.mjs', import.meta.url).pathname;
const WINDOW = { startsAt: '2034-01-02T00:00:00Z', endsAt: '2034-02-02T00:00:00Z' };
const now = () => performance.timeOrigin + performance.now();
const CREATE = `mutation create($input: ReservationCreateInput!) { reservationCreate(input: $input) { __typename } }`;
const percentile = (values, part) => values[Math.min(values.length - 1, Math.floor(values.length * part))];
let minute = 0;

async function write(api, token, resource) {
  const startsAt = new Date(Date.parse(WINDOW.startsAt) + minute++ * 60_000);
  const endsAt = new Date(startsAt.getTime() + 60_000);
  const input = { title: 'Bench', window: { startsAt, endsAt }, resources: [{ resourceId: resource }] };
  const answer = await fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: CREATE, variables: { input } }),
  });
  const text = await answer.text();
  if (!text.includes('ReservationSuccess')) throw new Error(text);
  return now();
}

async function report(child) {
  child.send('report');
  const [message] = await once(child, 'message');
  return message;
}

/** All that was received of `changes` changes; waits up to 30 s for the last of them. */
async function gather(child, count, changes) {
  const times = new Map();
  let outOfOrder = 0;
  for (let waited = 0; waited < 150; waited++) {
    await pause(200);
    const part = await report(child);
    outOfOrder = part.outOfOrder;
    for (const [version, instants] of part.received)
      times.set(version, [...(times.get(version) ?? []), ...instants]);
    const total = [...times.values()].reduce((sum, each) => sum + each.length, 0);
    if (total >= count * changes) break;
  }
  return { times: [...times.entries()].toSorted(([a], [b]) => a - b).map(([, each]) => each), outOfOrder };
}

/**
 * One change at a time to `count` equal subscriptions, then a burst of 20. Time counts from the mutation's
 * answer, which follows the commit, to the last byte's arrival in the client's process.
 */
export async function fanOut({ writer, reader, token, count, resource: number }) {
  const resource = globalId('res', resourceId(number));
  const before = reader.rss();
  const settings = { url: `ws://127.0.0.1:${reader.port}/graphql`, token, count, resource, window: WINDOW };
  const child = fork(script, [JSON.stringify(settings)]);
  try {
    await once(child, 'message');
    const perSocket = ((reader.rss() - before) * 1024) / count;
    const delays = [];
    let lost = 0;
    let outOfOrder = 0;
    for (let round = 0; round < 5; round++) {
      const answered = await write(writer, token, resource);
      const got = await gather(child, count, 1);
      const all = got.times.flat();
      lost += count - all.length;
      outOfOrder = got.outOfOrder;
      if (round > 0) delays.push(...all.map((at) => Math.max(0, at - answered)));
    }
    const began = now();
    for (let change = 0; change < 20; change++) await write(writer, token, resource);
    const burst = await gather(child, count, 20);
    const last = burst.times.flat().reduce((most, at) => Math.max(most, at), began);
    lost += count * 20 - burst.times.flat().length;
    delays.sort((a, b) => a - b);
    return {
      p50: percentile(delays, 0.5),
      p99: percentile(delays, 0.99),
      burstPerSecond: (count * 20 * 1000) / (last - began),
      perSocket,
      lost,
      outOfOrder: Math.max(outOfOrder, burst.outOfOrder),
    };
  } finally {
    child.kill();
  }
}
