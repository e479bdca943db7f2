import { FIRST_DAY, FREE_FROM, globalId, RESOURCES, resourceId } from './database.mjs';

const DAY = 86_400_000;
const whole = (most) => 1 + Math.floor(Math.random() * most);
const iso = (ms) => new Date(ms).toISOString();
const resource = (number) => globalId('res', resourceId(number));
let keys = 0;

const CREATE = `mutation m1($input: ReservationCreateInput!) { reservationCreate(input: $input) {
  __typename
  ... on ReservationSuccess { reservation { id version state window { startsAt endsAt } } }
  ... on ReservationRefused { reasons { code } } } }`;

const create = (number, startsAt, minutes) => ({
  query: CREATE,
  variables: {
    input: {
      title: 'Bench',
      window: { startsAt: iso(startsAt), endsAt: iso(startsAt + minutes * 60_000) },
      resources: [{ resourceId: resource(number) }],
      idempotencyKey: `bench-${process.pid}-${keys++}`,
    },
  },
});

/** Half hours of free years, so that hardly any two requests meet. */
const freeStart = () => FREE_FROM + whole(20_000) * DAY + whole(47) * 30 * 60_000;
let hot = 0;

/** What each figure asks for; every call is another request. */
export const requests = {
  q1: () => ({
    query: 'query q1($id: ID!) { resource(id: $id) { id name description timeZone capacity } }',
    variables: { id: resource(whole(RESOURCES)) },
  }),
  q2: () => {
    const from = FIRST_DAY + whole(90) * DAY;
    return {
      query: `query q2($window: WindowInput!) { reservations(first: 50, filter: { window: $window }) {
        nodes { id title state window { startsAt endsAt } owner { id name } resources { resource { id name } } } } }`,
      variables: { window: { startsAt: iso(from), endsAt: iso(from + DAY) } },
    };
  },
  q3: () => {
    const from = FIRST_DAY + whole(90) * DAY;
    const first = whole(RESOURCES - 20);
    return {
      query: `query q3($resources: [ID!]!, $window: WindowInput!) { availability(resources: $resources, window: $window) {
        resource { id name } busy { startsAt endsAt } } }`,
      variables: {
        resources: Array.from({ length: 20 }, (_, index) => resource(first + index)),
        window: { startsAt: iso(from), endsAt: iso(from + DAY) },
      },
    };
  },
  m1: () => create(whole(RESOURCES), freeStart(), 30),
  refused: () => create(whole(RESOURCES), FIRST_DAY + whole(90) * DAY + 9 * 3_600_000, 30),
  hot: () => create(1, FREE_FROM - 400 * DAY + hot++ * 60_000, 1),
  same: (round) => create(2, FREE_FROM - 500 * DAY - round * 3_600_000, 30),
  free: () => {
    const from = FIRST_DAY + whole(90) * DAY + 9 * 3_600_000;
    return {
      query: `query free($window: WindowInput!) { freeResources(window: $window, first: 50) {
        nodes { freeQuantity resource { id name } } } }`,
      variables: { window: { startsAt: iso(from + 3_600_000), endsAt: iso(from + 7_200_000) } },
    };
  },
};

/** Whether an answer is what the figure stands for: data, no errors, and the outcome that was meant. */
export function isGood(name, body) {
  if (!body.includes('"data"') || body.includes('"errors"')) return false;
  if (name === 'refused') return body.includes('SLOT_TAKEN');
  if (name === 'm1' || name === 'hot')
    return body.includes('ReservationSuccess') || body.includes('SLOT_TAKEN');
  return true;
}
