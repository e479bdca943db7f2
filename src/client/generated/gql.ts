/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query AvailabilityDay($resources: [ID!]!, $window: WindowInput!) {\n  availability(resources: $resources, window: $window) {\n    version\n    cursor\n    resource {\n      id\n      name\n      timeZone\n    }\n    busy {\n      startsAt\n      endsAt\n      quantity\n      heldUntil\n    }\n  }\n}": typeof types.AvailabilityDayDocument,
    "subscription AvailabilityWatch($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {\n  availability(resources: $resources, window: $window, after: $after) {\n    ... on AvailabilitySnapshot {\n      cursor\n      version\n      cause\n      resource {\n        id\n        name\n      }\n      busy {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n    ... on AvailabilityChange {\n      cursor\n      version\n      changedAt\n      areRulesChanged\n      resource {\n        id\n        name\n      }\n      freed {\n        startsAt\n        endsAt\n        quantity\n      }\n      taken {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n  }\n}": typeof types.AvailabilityWatchDocument,
    "mutation ReservationCancel($id: ID!, $input: ReservationActInput) {\n  reservationCancel(id: $id, input: $input) {\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationCancelDocument,
    "mutation ReservationCreate($input: ReservationCreateInput!) {\n  reservationCreate(input: $input) {\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationCreateDocument,
    "fragment ReservationFacts on Reservation {\n  id\n  title\n  details\n  state\n  version\n  expiresAt\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  owner {\n    id\n    name\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n}\n\nfragment Refusal on ReservationRefused {\n  message\n  reasons {\n    code\n    message\n    resource {\n      id\n      name\n    }\n    span {\n      startsAt\n      endsAt\n    }\n    earliestStart\n    latestEnd\n    freeQuantity\n    expiresAt\n  }\n}": typeof types.ReservationFactsFragmentDoc,
    "query ReservationsPage($filter: ReservationFilter, $first: Int! = 50, $after: String) {\n  reservations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ReservationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ReservationsPageDocument,
    "query ResourcesPage($filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  resources(filter: $filter, first: $first, after: $after) {\n    nodes {\n      id\n      name\n      timeZone\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ResourcesPageDocument,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.SignInDocument,
    "mutation SignOut {\n  signOut {\n    ... on SignOutSuccess {\n      endedSessions\n    }\n  }\n}": typeof types.SignOutDocument,
    "mutation TokenRefresh($input: TokenRefreshInput!) {\n  tokenRefresh(input: $input) {\n    ... on TokenRefreshSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.TokenRefreshDocument,
};
const documents: Documents = {
    "query AvailabilityDay($resources: [ID!]!, $window: WindowInput!) {\n  availability(resources: $resources, window: $window) {\n    version\n    cursor\n    resource {\n      id\n      name\n      timeZone\n    }\n    busy {\n      startsAt\n      endsAt\n      quantity\n      heldUntil\n    }\n  }\n}": types.AvailabilityDayDocument,
    "subscription AvailabilityWatch($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {\n  availability(resources: $resources, window: $window, after: $after) {\n    ... on AvailabilitySnapshot {\n      cursor\n      version\n      cause\n      resource {\n        id\n        name\n      }\n      busy {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n    ... on AvailabilityChange {\n      cursor\n      version\n      changedAt\n      areRulesChanged\n      resource {\n        id\n        name\n      }\n      freed {\n        startsAt\n        endsAt\n        quantity\n      }\n      taken {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n  }\n}": types.AvailabilityWatchDocument,
    "mutation ReservationCancel($id: ID!, $input: ReservationActInput) {\n  reservationCancel(id: $id, input: $input) {\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationCancelDocument,
    "mutation ReservationCreate($input: ReservationCreateInput!) {\n  reservationCreate(input: $input) {\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationCreateDocument,
    "fragment ReservationFacts on Reservation {\n  id\n  title\n  details\n  state\n  version\n  expiresAt\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  owner {\n    id\n    name\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n}\n\nfragment Refusal on ReservationRefused {\n  message\n  reasons {\n    code\n    message\n    resource {\n      id\n      name\n    }\n    span {\n      startsAt\n      endsAt\n    }\n    earliestStart\n    latestEnd\n    freeQuantity\n    expiresAt\n  }\n}": types.ReservationFactsFragmentDoc,
    "query ReservationsPage($filter: ReservationFilter, $first: Int! = 50, $after: String) {\n  reservations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ReservationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ReservationsPageDocument,
    "query ResourcesPage($filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  resources(filter: $filter, first: $first, after: $after) {\n    nodes {\n      id\n      name\n      timeZone\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ResourcesPageDocument,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.SignInDocument,
    "mutation SignOut {\n  signOut {\n    ... on SignOutSuccess {\n      endedSessions\n    }\n  }\n}": types.SignOutDocument,
    "mutation TokenRefresh($input: TokenRefreshInput!) {\n  tokenRefresh(input: $input) {\n    ... on TokenRefreshSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.TokenRefreshDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query AvailabilityDay($resources: [ID!]!, $window: WindowInput!) {\n  availability(resources: $resources, window: $window) {\n    version\n    cursor\n    resource {\n      id\n      name\n      timeZone\n    }\n    busy {\n      startsAt\n      endsAt\n      quantity\n      heldUntil\n    }\n  }\n}"): typeof import('./graphql.js').AvailabilityDayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription AvailabilityWatch($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {\n  availability(resources: $resources, window: $window, after: $after) {\n    ... on AvailabilitySnapshot {\n      cursor\n      version\n      cause\n      resource {\n        id\n        name\n      }\n      busy {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n    ... on AvailabilityChange {\n      cursor\n      version\n      changedAt\n      areRulesChanged\n      resource {\n        id\n        name\n      }\n      freed {\n        startsAt\n        endsAt\n        quantity\n      }\n      taken {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n  }\n}"): typeof import('./graphql.js').AvailabilityWatchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationCancel($id: ID!, $input: ReservationActInput) {\n  reservationCancel(id: $id, input: $input) {\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationCancelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationCreate($input: ReservationCreateInput!) {\n  reservationCreate(input: $input) {\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationCreateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ReservationFacts on Reservation {\n  id\n  title\n  details\n  state\n  version\n  expiresAt\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  owner {\n    id\n    name\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n}\n\nfragment Refusal on ReservationRefused {\n  message\n  reasons {\n    code\n    message\n    resource {\n      id\n      name\n    }\n    span {\n      startsAt\n      endsAt\n    }\n    earliestStart\n    latestEnd\n    freeQuantity\n    expiresAt\n  }\n}"): typeof import('./graphql.js').ReservationFactsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReservationsPage($filter: ReservationFilter, $first: Int! = 50, $after: String) {\n  reservations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ReservationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').ReservationsPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ResourcesPage($filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  resources(filter: $filter, first: $first, after: $after) {\n    nodes {\n      id\n      name\n      timeZone\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').ResourcesPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignOut {\n  signOut {\n    ... on SignOutSuccess {\n      endedSessions\n    }\n  }\n}"): typeof import('./graphql.js').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation TokenRefresh($input: TokenRefreshInput!) {\n  tokenRefresh(input: $input) {\n    ... on TokenRefreshSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').TokenRefreshDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
