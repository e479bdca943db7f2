const DAY_MS = 86_400_000;
const at = (days: number, hour: number) => {
  const day = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  return `${day}T${String(hour).padStart(2, '0')}:00:00Z`;
};

const RESOURCE = 'put the id of a resource here';

/** What a newcomer finds: the way through the product, a tab for each step. */
export const starterTabs = () => [
  {
    query: `# Welcome to Holdfast.
#
# 1. Sign in at the top right: "npm start" has
#    printed an address and a password.
# 2. Run this with Ctrl-Enter, and copy an id into
#    the variables of the other tabs.
# 3. Run "Watch" in a second window and "Reserve"
#    in this one: the change appears over there.

query Resources {
  resources(first: 10) {
    nodes { id name timeZone isPool capacity }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# When are these resources taken, when free?

query Availability($resources: [ID!]!, $window: WindowInput!) {
  availability(resources: $resources, window: $window) {
    resource { name timeZone }
    version
    busy { startsAt endsAt quantity heldUntil reservation { title } }
    free { startsAt endsAt quantity }
  }
}
`,
    variables: pretty({ resources: [RESOURCE], window: { startsAt: at(1, 0), endsAt: at(2, 0) } }),
  },
  {
    query: `# A refusal says what is in the way, and what
# would make it pass.

mutation Reserve($input: ReservationCreateInput!) {
  reservationCreate(input: $input) {
    __typename
    ... on ReservationSuccess {
      reservation { id title state window { startsAt endsAt } resources { resource { name } } }
    }
    ... on ReservationRefused {
      message
      reasons { code message resource { name } conflicts { window { startsAt endsAt } } }
    }
    ... on UserError { message path }
  }
}
`,
    variables: pretty({
      input: {
        title: 'Trying Holdfast',
        resources: [{ resourceId: RESOURCE }],
        window: { startsAt: at(1, 9), endsAt: at(1, 10) },
      },
    }),
  },
  {
    query: `# First what is taken now, then every change as
# it happens, whoever makes it.

subscription Watch($resources: [ID!]!, $window: WindowInput!) {
  availability(resources: $resources, window: $window) {
    __typename
    ... on AvailabilitySnapshot { resource { name } version cursor busy { startsAt endsAt } }
    ... on AvailabilityChange {
      resource { name }
      version
      cursor
      taken { startsAt endsAt }
      freed { startsAt endsAt }
    }
  }
}
`,
    variables: pretty({ resources: [RESOURCE], window: { startsAt: at(1, 0), endsAt: at(8, 0) } }),
  },
];

function pretty(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
