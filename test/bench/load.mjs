import autocannon from 'autocannon';
import { isGood, requests } from './requests.mjs';

/** One measurement: requests a second, p99 in ms, and how many answers were not what was asked for. */
export async function load(target, name, { connections, seconds }) {
  let bad = 0;
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...target.headers },
    requests: [
      {
        setupRequest: (request) => ({ ...request, body: JSON.stringify(requests[name]()) }),
        onResponse: (status, body) => {
          if (status !== 200 || !isGood(name, body)) bad++;
        },
      },
    ],
  });
  return {
    perSecond: result.requests.average,
    p99: result.latency.p99,
    bad: bad + result.errors + result.timeouts,
  };
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The median over rounds; what was not right in any round counts. */
export const median = (rounds) => ({
  perSecond: middle(rounds.map((round) => round.perSecond)),
  p99: middle(rounds.map((round) => round.p99)),
  bad: rounds.reduce((sum, round) => sum + round.bad, 0),
});
