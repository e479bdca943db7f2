import { globalId } from '../../src/domain/ids.js';

/** What came of a call: a state, the codes of a refusal, `ERROR <code>`, or DROPPED where nobody answered. */
export interface Outcome {
  readonly what: string;
  readonly id: string | null;
  readonly version: number | null;
}

const FACTS = `__typename
  ... on ReservationSuccess { reservation { id state version } }
  ... on ReservationRefused { reasons { code } }`;

const DOCUMENTS = {
  create: `mutation($input: ReservationCreateInput!) { result: reservationCreate(input: $input) { ${FACTS} } }`,
  hold: `mutation($input: ReservationHoldInput!) { result: reservationHold(input: $input) { ${FACTS} } }`,
  confirm: `mutation($id: ID!, $input: ReservationActInput) { result: reservationConfirm(id: $id, input: $input) { ${FACTS} } }`,
  cancel: `mutation($id: ID!, $input: ReservationActInput) { result: reservationCancel(id: $id, input: $input) { ${FACTS} } }`,
  checkIn: `mutation($id: ID!) { result: reservationCheckIn(id: $id) { ${FACTS} } }`,
  move: `mutation($input: ReservationsMoveInput!) { result: reservationsMove(input: $input) { __typename
    ... on ReservationsMoveSuccess { reservations { id state version } } ... on ReservationRefused { reasons { code } } } }`,
};

interface Answer {
  readonly data?: { readonly result?: Record<string, never> } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Posts anything to an instance; null where the connection was refused or lost. */
export async function post(
  api: { url: string },
  token: string | null,
  body: unknown,
): Promise<{ status: number; answer: Answer } | null> {
  try {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    return { status: response.status, answer: (await response.json()) as Answer };
  } catch {
    return null;
  }
}

/** Makes one of the calls above and says what came of it. */
export async function call(
  api: { url: string },
  token: string,
  act: keyof typeof DOCUMENTS,
  variables: object,
): Promise<Outcome> {
  const got = await post(api, token, { query: DOCUMENTS[act], variables });
  const outcome = (what: string, id: string | null = null, version: number | null = null) => ({
    what,
    id,
    version,
  });
  if (!got) return outcome('DROPPED');
  const { answer } = got;
  if (answer.errors) return outcome(`ERROR ${answer.errors[0]?.extensions?.code}`);
  const result = answer.data?.result as unknown as {
    __typename: string;
    reservation?: { id: string; state: string; version: number };
    reservations?: object[];
    reasons?: { code: string }[];
  };
  if (result.reservation)
    return outcome(result.reservation.state, result.reservation.id, result.reservation.version);
  if (result.reservations) return outcome('MOVED');
  return outcome(result.reasons?.map(({ code }) => code).join(' ') ?? result.__typename);
}

/** The input of a reservation of those resources (bare ids). */
export const wish = (
  resourceIds: readonly string[],
  startsAt: string,
  endsAt: string,
  more: object = {},
) => ({
  input: {
    title: 'Race',
    window: { startsAt, endsAt },
    resources: resourceIds.map((id) => ({ resourceId: globalId('Resource', id) })),
    ...more,
  },
});

/** How often each outcome came. */
export const tally = (outcomes: readonly Outcome[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { what } of outcomes) counts[what] = (counts[what] ?? 0) + 1;
  return counts;
};
