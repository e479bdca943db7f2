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
    "subscription AvailabilityWatch($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {\n  availability(resources: $resources, window: $window, after: $after) {\n    ... on AvailabilitySnapshot {\n      cursor\n      version\n      cause\n      resource {\n        id\n        name\n      }\n      busy {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n    ... on AvailabilityChange {\n      cursor\n      version\n      changedAt\n      areRulesChanged\n      resource {\n        id\n        name\n      }\n      freed {\n        startsAt\n        endsAt\n        quantity\n      }\n      taken {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n  }\n}": typeof types.AvailabilityWatchDocument,
    "query Availability($resources: [ID!]!, $window: WindowInput!) {\n  availability(resources: $resources, window: $window) {\n    version\n    cursor\n    resource {\n      id\n      name\n      timeZone\n    }\n    busy {\n      startsAt\n      endsAt\n      quantity\n      heldUntil\n    }\n    free {\n      startsAt\n      endsAt\n      quantity\n    }\n  }\n}": typeof types.AvailabilityDocument,
    "fragment Explanation on ReservationRefused {\n  reasons {\n    rule {\n      origin\n      summary\n      settings {\n        ... on TermsSettings {\n          key\n          text\n        }\n      }\n    }\n    conflicts {\n      window {\n        startsAt\n        endsAt\n      }\n      heldUntil\n      reservation {\n        id\n        title\n      }\n    }\n  }\n  alternatives(first: 3) {\n    window {\n      startsAt\n      endsAt\n    }\n    resources {\n      quantity\n      resource {\n        id\n        name\n        timeZone\n      }\n    }\n  }\n}": typeof types.ExplanationFragmentDoc,
    "fragment NotificationFacts on Notification {\n  id\n  kind\n  message\n  createdAt\n  readAt\n  reservation {\n    id\n  }\n}": typeof types.NotificationFactsFragmentDoc,
    "subscription NotificationWatch {\n  notificationAdded {\n    ...NotificationFacts\n  }\n}": typeof types.NotificationWatchDocument,
    "query NotificationsList($unreadOnly: Boolean! = false, $first: Int! = 50, $after: String) {\n  notifications(unreadOnly: $unreadOnly, first: $first, after: $after) {\n    nodes {\n      ...NotificationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.NotificationsListDocument,
    "mutation OperationRegister($input: OperationRegisterInput!) {\n  operationRegister(input: $input) {\n    ... on OperationSuccess {\n      operation {\n        id\n        name\n        number\n        hash\n        status\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.OperationRegisterDocument,
    "query OperationsList($filter: OperationFilter, $first: Int! = 50, $after: String) {\n  persistedOperations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      id\n      name\n      number\n      hash\n      kind\n      status\n      reason\n      problems\n      deprecatedAt\n      endsAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.OperationsListDocument,
    "mutation PasskeyAsk($input: PasskeyAskInput) {\n  passkeyAsk(input: $input) {\n    __typename\n    ... on PasskeyAskSuccess {\n      options\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.PasskeyAskDocument,
    "query PlacesList($first: Int! = 50, $after: String) {\n  places(first: $first, after: $after) {\n    nodes {\n      id\n      kind\n      name\n      timeZone\n      parent {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.PlacesListDocument,
    "fragment Presence on Reservation {\n  id\n  title\n  state\n  version\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  checkIn {\n    opensAt\n    releaseAt\n    checkedInAt\n    checkedOutAt\n    checkOut\n    extension\n  }\n  resources {\n    resource {\n      id\n      name\n    }\n  }\n}": typeof types.PresenceFragmentDoc,
    "mutation ReservationCancel($id: ID!, $input: ReservationActInput) {\n  reservationCancel(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationCancelDocument,
    "mutation ReservationCheckIn($id: ID!, $input: ReservationCheckInInput) {\n  reservationCheckIn(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationCheckInDocument,
    "mutation ReservationCheckOut($id: ID!, $input: ReservationActInput) {\n  reservationCheckOut(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationCheckOutDocument,
    "mutation ReservationConfirm($id: ID!, $input: ReservationActInput) {\n  reservationConfirm(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationConfirmDocument,
    "mutation ReservationCreate($input: ReservationCreateInput!, $explain: Boolean! = false) {\n  reservationCreate(input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationCreateDocument,
    "mutation ReservationExtend($id: ID!, $input: ReservationExtendInput!, $explain: Boolean! = false) {\n  reservationExtend(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationExtendDocument,
    "fragment ReservationFacts on Reservation {\n  id\n  title\n  details\n  state\n  version\n  expiresAt\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  owner {\n    id\n    name\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n}\n\nfragment Refusal on ReservationRefused {\n  message\n  reasons {\n    code\n    message\n    opensAt\n    resource {\n      id\n      name\n    }\n    span {\n      startsAt\n      endsAt\n    }\n    earliestStart\n    latestEnd\n    freeQuantity\n    expiresAt\n  }\n}": typeof types.ReservationFactsFragmentDoc,
    "mutation ReservationHold($input: ReservationHoldInput!, $explain: Boolean! = false) {\n  reservationHold(input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationHoldDocument,
    "mutation ReservationMove($id: ID!, $input: ReservationMoveInput!, $explain: Boolean! = false) {\n  reservationMove(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.ReservationMoveDocument,
    "query ReservationPresence($id: ID!) {\n  reservation(id: $id) {\n    ...Presence\n  }\n}": typeof types.ReservationPresenceDocument,
    "query ReservationShow($id: ID!) {\n  reservation(id: $id) {\n    ...ReservationFacts\n    checkIn {\n      opensAt\n      releaseAt\n      checkedInAt\n      checkedOutAt\n    }\n  }\n}": typeof types.ReservationShowDocument,
    "query ReservationsAwaited($window: WindowInput!) {\n  reservations(\n    filter: {mine: true, window: $window, states: [CONFIRMED]}\n    first: 50\n  ) {\n    nodes {\n      ...ReservationFacts\n      viewerCanCheckIn {\n        isAllowed\n        because\n      }\n    }\n  }\n}": typeof types.ReservationsAwaitedDocument,
    "query ReservationsHere($filter: ReservationFilter!, $first: Int! = 20) {\n  reservations(filter: $filter, first: $first) {\n    nodes {\n      ...Presence\n    }\n  }\n}": typeof types.ReservationsHereDocument,
    "query ReservationsList($filter: ReservationFilter, $first: Int! = 50, $after: String) {\n  reservations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ReservationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ReservationsListDocument,
    "fragment ResourceFacts on Resource {\n  id\n  name\n  description\n  timeZone\n  status\n  isPool\n  capacity\n  seats\n  tags\n  type {\n    id\n    name\n  }\n  place {\n    id\n    name\n  }\n}": typeof types.ResourceFactsFragmentDoc,
    "query ResourceShow($id: ID!) {\n  resource(id: $id) {\n    ...ResourceFacts\n  }\n}": typeof types.ResourceShowDocument,
    "query ResourceTypesList($first: Int! = 50, $after: String) {\n  resourceTypes(first: $first, after: $after) {\n    nodes {\n      id\n      name\n      description\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ResourceTypesListDocument,
    "query ResourcesFree($window: WindowInput!, $filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  freeResources(window: $window, filter: $filter, first: $first, after: $after) {\n    nodes {\n      freeQuantity\n      resource {\n        ...ResourceFacts\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ResourcesFreeDocument,
    "query ResourcesList($filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  resources(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ResourceFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ResourcesListDocument,
    "mutation SignInByPasskey($input: SignInByPasskeyInput!) {\n  signInByPasskey(input: $input) {\n    __typename\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.SignInByPasskeyDocument,
    "mutation SignInConfirm($input: SignInConfirmInput!) {\n  signInConfirm(input: $input) {\n    __typename\n    ... on SignInConfirmSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.SignInConfirmDocument,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    __typename\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on SecondFactorRequired {\n      challenge\n      methods\n      mustEnrol\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.SignInDocument,
    "mutation SignOut {\n  signOut {\n    ... on SignOutSuccess {\n      endedSessions\n    }\n  }\n}": typeof types.SignOutDocument,
    "mutation TokenRefresh($input: TokenRefreshInput!) {\n  tokenRefresh(input: $input) {\n    __typename\n    ... on TokenRefreshSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.TokenRefreshDocument,
    "query ViewerShow {\n  viewer {\n    id\n    name\n    role\n    timeZone\n    language\n  }\n}": typeof types.ViewerShowDocument,
    "fragment WaitFacts on Wait {\n  id\n  title\n  state\n  position\n  minutes\n  askedAt\n  window {\n    startsAt\n    endsAt\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n  reservation {\n    id\n    state\n    expiresAt\n  }\n}": typeof types.WaitFactsFragmentDoc,
    "mutation WaitlistJoin($input: WaitlistJoinInput!) {\n  waitlistJoin(input: $input) {\n    __typename\n    ... on WaitlistJoinSuccess {\n      wait {\n        ...WaitFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.WaitlistJoinDocument,
    "mutation WaitlistLeave($id: ID!) {\n  waitlistLeave(id: $id) {\n    __typename\n    ... on WaitlistLeaveSuccess {\n      wait {\n        ...WaitFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": typeof types.WaitlistLeaveDocument,
    "query WaitsList($states: [WaitState!], $first: Int! = 50, $after: String) {\n  waits(states: $states, first: $first, after: $after) {\n    nodes {\n      ...WaitFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.WaitsListDocument,
};
const documents: Documents = {
    "subscription AvailabilityWatch($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {\n  availability(resources: $resources, window: $window, after: $after) {\n    ... on AvailabilitySnapshot {\n      cursor\n      version\n      cause\n      resource {\n        id\n        name\n      }\n      busy {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n    ... on AvailabilityChange {\n      cursor\n      version\n      changedAt\n      areRulesChanged\n      resource {\n        id\n        name\n      }\n      freed {\n        startsAt\n        endsAt\n        quantity\n      }\n      taken {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n  }\n}": types.AvailabilityWatchDocument,
    "query Availability($resources: [ID!]!, $window: WindowInput!) {\n  availability(resources: $resources, window: $window) {\n    version\n    cursor\n    resource {\n      id\n      name\n      timeZone\n    }\n    busy {\n      startsAt\n      endsAt\n      quantity\n      heldUntil\n    }\n    free {\n      startsAt\n      endsAt\n      quantity\n    }\n  }\n}": types.AvailabilityDocument,
    "fragment Explanation on ReservationRefused {\n  reasons {\n    rule {\n      origin\n      summary\n      settings {\n        ... on TermsSettings {\n          key\n          text\n        }\n      }\n    }\n    conflicts {\n      window {\n        startsAt\n        endsAt\n      }\n      heldUntil\n      reservation {\n        id\n        title\n      }\n    }\n  }\n  alternatives(first: 3) {\n    window {\n      startsAt\n      endsAt\n    }\n    resources {\n      quantity\n      resource {\n        id\n        name\n        timeZone\n      }\n    }\n  }\n}": types.ExplanationFragmentDoc,
    "fragment NotificationFacts on Notification {\n  id\n  kind\n  message\n  createdAt\n  readAt\n  reservation {\n    id\n  }\n}": types.NotificationFactsFragmentDoc,
    "subscription NotificationWatch {\n  notificationAdded {\n    ...NotificationFacts\n  }\n}": types.NotificationWatchDocument,
    "query NotificationsList($unreadOnly: Boolean! = false, $first: Int! = 50, $after: String) {\n  notifications(unreadOnly: $unreadOnly, first: $first, after: $after) {\n    nodes {\n      ...NotificationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.NotificationsListDocument,
    "mutation OperationRegister($input: OperationRegisterInput!) {\n  operationRegister(input: $input) {\n    ... on OperationSuccess {\n      operation {\n        id\n        name\n        number\n        hash\n        status\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.OperationRegisterDocument,
    "query OperationsList($filter: OperationFilter, $first: Int! = 50, $after: String) {\n  persistedOperations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      id\n      name\n      number\n      hash\n      kind\n      status\n      reason\n      problems\n      deprecatedAt\n      endsAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.OperationsListDocument,
    "mutation PasskeyAsk($input: PasskeyAskInput) {\n  passkeyAsk(input: $input) {\n    __typename\n    ... on PasskeyAskSuccess {\n      options\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.PasskeyAskDocument,
    "query PlacesList($first: Int! = 50, $after: String) {\n  places(first: $first, after: $after) {\n    nodes {\n      id\n      kind\n      name\n      timeZone\n      parent {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.PlacesListDocument,
    "fragment Presence on Reservation {\n  id\n  title\n  state\n  version\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  checkIn {\n    opensAt\n    releaseAt\n    checkedInAt\n    checkedOutAt\n    checkOut\n    extension\n  }\n  resources {\n    resource {\n      id\n      name\n    }\n  }\n}": types.PresenceFragmentDoc,
    "mutation ReservationCancel($id: ID!, $input: ReservationActInput) {\n  reservationCancel(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationCancelDocument,
    "mutation ReservationCheckIn($id: ID!, $input: ReservationCheckInInput) {\n  reservationCheckIn(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationCheckInDocument,
    "mutation ReservationCheckOut($id: ID!, $input: ReservationActInput) {\n  reservationCheckOut(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationCheckOutDocument,
    "mutation ReservationConfirm($id: ID!, $input: ReservationActInput) {\n  reservationConfirm(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationConfirmDocument,
    "mutation ReservationCreate($input: ReservationCreateInput!, $explain: Boolean! = false) {\n  reservationCreate(input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationCreateDocument,
    "mutation ReservationExtend($id: ID!, $input: ReservationExtendInput!, $explain: Boolean! = false) {\n  reservationExtend(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationExtendDocument,
    "fragment ReservationFacts on Reservation {\n  id\n  title\n  details\n  state\n  version\n  expiresAt\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  owner {\n    id\n    name\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n}\n\nfragment Refusal on ReservationRefused {\n  message\n  reasons {\n    code\n    message\n    opensAt\n    resource {\n      id\n      name\n    }\n    span {\n      startsAt\n      endsAt\n    }\n    earliestStart\n    latestEnd\n    freeQuantity\n    expiresAt\n  }\n}": types.ReservationFactsFragmentDoc,
    "mutation ReservationHold($input: ReservationHoldInput!, $explain: Boolean! = false) {\n  reservationHold(input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationHoldDocument,
    "mutation ReservationMove($id: ID!, $input: ReservationMoveInput!, $explain: Boolean! = false) {\n  reservationMove(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.ReservationMoveDocument,
    "query ReservationPresence($id: ID!) {\n  reservation(id: $id) {\n    ...Presence\n  }\n}": types.ReservationPresenceDocument,
    "query ReservationShow($id: ID!) {\n  reservation(id: $id) {\n    ...ReservationFacts\n    checkIn {\n      opensAt\n      releaseAt\n      checkedInAt\n      checkedOutAt\n    }\n  }\n}": types.ReservationShowDocument,
    "query ReservationsAwaited($window: WindowInput!) {\n  reservations(\n    filter: {mine: true, window: $window, states: [CONFIRMED]}\n    first: 50\n  ) {\n    nodes {\n      ...ReservationFacts\n      viewerCanCheckIn {\n        isAllowed\n        because\n      }\n    }\n  }\n}": types.ReservationsAwaitedDocument,
    "query ReservationsHere($filter: ReservationFilter!, $first: Int! = 20) {\n  reservations(filter: $filter, first: $first) {\n    nodes {\n      ...Presence\n    }\n  }\n}": types.ReservationsHereDocument,
    "query ReservationsList($filter: ReservationFilter, $first: Int! = 50, $after: String) {\n  reservations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ReservationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ReservationsListDocument,
    "fragment ResourceFacts on Resource {\n  id\n  name\n  description\n  timeZone\n  status\n  isPool\n  capacity\n  seats\n  tags\n  type {\n    id\n    name\n  }\n  place {\n    id\n    name\n  }\n}": types.ResourceFactsFragmentDoc,
    "query ResourceShow($id: ID!) {\n  resource(id: $id) {\n    ...ResourceFacts\n  }\n}": types.ResourceShowDocument,
    "query ResourceTypesList($first: Int! = 50, $after: String) {\n  resourceTypes(first: $first, after: $after) {\n    nodes {\n      id\n      name\n      description\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ResourceTypesListDocument,
    "query ResourcesFree($window: WindowInput!, $filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  freeResources(window: $window, filter: $filter, first: $first, after: $after) {\n    nodes {\n      freeQuantity\n      resource {\n        ...ResourceFacts\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ResourcesFreeDocument,
    "query ResourcesList($filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  resources(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ResourceFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ResourcesListDocument,
    "mutation SignInByPasskey($input: SignInByPasskeyInput!) {\n  signInByPasskey(input: $input) {\n    __typename\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.SignInByPasskeyDocument,
    "mutation SignInConfirm($input: SignInConfirmInput!) {\n  signInConfirm(input: $input) {\n    __typename\n    ... on SignInConfirmSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.SignInConfirmDocument,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    __typename\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on SecondFactorRequired {\n      challenge\n      methods\n      mustEnrol\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.SignInDocument,
    "mutation SignOut {\n  signOut {\n    ... on SignOutSuccess {\n      endedSessions\n    }\n  }\n}": types.SignOutDocument,
    "mutation TokenRefresh($input: TokenRefreshInput!) {\n  tokenRefresh(input: $input) {\n    __typename\n    ... on TokenRefreshSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.TokenRefreshDocument,
    "query ViewerShow {\n  viewer {\n    id\n    name\n    role\n    timeZone\n    language\n  }\n}": types.ViewerShowDocument,
    "fragment WaitFacts on Wait {\n  id\n  title\n  state\n  position\n  minutes\n  askedAt\n  window {\n    startsAt\n    endsAt\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n  reservation {\n    id\n    state\n    expiresAt\n  }\n}": types.WaitFactsFragmentDoc,
    "mutation WaitlistJoin($input: WaitlistJoinInput!) {\n  waitlistJoin(input: $input) {\n    __typename\n    ... on WaitlistJoinSuccess {\n      wait {\n        ...WaitFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.WaitlistJoinDocument,
    "mutation WaitlistLeave($id: ID!) {\n  waitlistLeave(id: $id) {\n    __typename\n    ... on WaitlistLeaveSuccess {\n      wait {\n        ...WaitFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}": types.WaitlistLeaveDocument,
    "query WaitsList($states: [WaitState!], $first: Int! = 50, $after: String) {\n  waits(states: $states, first: $first, after: $after) {\n    nodes {\n      ...WaitFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.WaitsListDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription AvailabilityWatch($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {\n  availability(resources: $resources, window: $window, after: $after) {\n    ... on AvailabilitySnapshot {\n      cursor\n      version\n      cause\n      resource {\n        id\n        name\n      }\n      busy {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n    ... on AvailabilityChange {\n      cursor\n      version\n      changedAt\n      areRulesChanged\n      resource {\n        id\n        name\n      }\n      freed {\n        startsAt\n        endsAt\n        quantity\n      }\n      taken {\n        startsAt\n        endsAt\n        quantity\n        heldUntil\n      }\n    }\n  }\n}"): typeof import('./graphql.js').AvailabilityWatchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Availability($resources: [ID!]!, $window: WindowInput!) {\n  availability(resources: $resources, window: $window) {\n    version\n    cursor\n    resource {\n      id\n      name\n      timeZone\n    }\n    busy {\n      startsAt\n      endsAt\n      quantity\n      heldUntil\n    }\n    free {\n      startsAt\n      endsAt\n      quantity\n    }\n  }\n}"): typeof import('./graphql.js').AvailabilityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Explanation on ReservationRefused {\n  reasons {\n    rule {\n      origin\n      summary\n      settings {\n        ... on TermsSettings {\n          key\n          text\n        }\n      }\n    }\n    conflicts {\n      window {\n        startsAt\n        endsAt\n      }\n      heldUntil\n      reservation {\n        id\n        title\n      }\n    }\n  }\n  alternatives(first: 3) {\n    window {\n      startsAt\n      endsAt\n    }\n    resources {\n      quantity\n      resource {\n        id\n        name\n        timeZone\n      }\n    }\n  }\n}"): typeof import('./graphql.js').ExplanationFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment NotificationFacts on Notification {\n  id\n  kind\n  message\n  createdAt\n  readAt\n  reservation {\n    id\n  }\n}"): typeof import('./graphql.js').NotificationFactsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription NotificationWatch {\n  notificationAdded {\n    ...NotificationFacts\n  }\n}"): typeof import('./graphql.js').NotificationWatchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NotificationsList($unreadOnly: Boolean! = false, $first: Int! = 50, $after: String) {\n  notifications(unreadOnly: $unreadOnly, first: $first, after: $after) {\n    nodes {\n      ...NotificationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').NotificationsListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OperationRegister($input: OperationRegisterInput!) {\n  operationRegister(input: $input) {\n    ... on OperationSuccess {\n      operation {\n        id\n        name\n        number\n        hash\n        status\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').OperationRegisterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OperationsList($filter: OperationFilter, $first: Int! = 50, $after: String) {\n  persistedOperations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      id\n      name\n      number\n      hash\n      kind\n      status\n      reason\n      problems\n      deprecatedAt\n      endsAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').OperationsListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PasskeyAsk($input: PasskeyAskInput) {\n  passkeyAsk(input: $input) {\n    __typename\n    ... on PasskeyAskSuccess {\n      options\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').PasskeyAskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query PlacesList($first: Int! = 50, $after: String) {\n  places(first: $first, after: $after) {\n    nodes {\n      id\n      kind\n      name\n      timeZone\n      parent {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').PlacesListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Presence on Reservation {\n  id\n  title\n  state\n  version\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  checkIn {\n    opensAt\n    releaseAt\n    checkedInAt\n    checkedOutAt\n    checkOut\n    extension\n  }\n  resources {\n    resource {\n      id\n      name\n    }\n  }\n}"): typeof import('./graphql.js').PresenceFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationCancel($id: ID!, $input: ReservationActInput) {\n  reservationCancel(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationCancelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationCheckIn($id: ID!, $input: ReservationCheckInInput) {\n  reservationCheckIn(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationCheckInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationCheckOut($id: ID!, $input: ReservationActInput) {\n  reservationCheckOut(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationCheckOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationConfirm($id: ID!, $input: ReservationActInput) {\n  reservationConfirm(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationConfirmDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationCreate($input: ReservationCreateInput!, $explain: Boolean! = false) {\n  reservationCreate(input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationCreateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationExtend($id: ID!, $input: ReservationExtendInput!, $explain: Boolean! = false) {\n  reservationExtend(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n        ...Presence\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationExtendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ReservationFacts on Reservation {\n  id\n  title\n  details\n  state\n  version\n  expiresAt\n  timeZone\n  window {\n    startsAt\n    endsAt\n  }\n  owner {\n    id\n    name\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n}\n\nfragment Refusal on ReservationRefused {\n  message\n  reasons {\n    code\n    message\n    opensAt\n    resource {\n      id\n      name\n    }\n    span {\n      startsAt\n      endsAt\n    }\n    earliestStart\n    latestEnd\n    freeQuantity\n    expiresAt\n  }\n}"): typeof import('./graphql.js').ReservationFactsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationHold($input: ReservationHoldInput!, $explain: Boolean! = false) {\n  reservationHold(input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationHoldDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ReservationMove($id: ID!, $input: ReservationMoveInput!, $explain: Boolean! = false) {\n  reservationMove(id: $id, input: $input) {\n    __typename\n    ... on ReservationSuccess {\n      reservation {\n        ...ReservationFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n      ...Explanation @include(if: $explain)\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').ReservationMoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReservationPresence($id: ID!) {\n  reservation(id: $id) {\n    ...Presence\n  }\n}"): typeof import('./graphql.js').ReservationPresenceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReservationShow($id: ID!) {\n  reservation(id: $id) {\n    ...ReservationFacts\n    checkIn {\n      opensAt\n      releaseAt\n      checkedInAt\n      checkedOutAt\n    }\n  }\n}"): typeof import('./graphql.js').ReservationShowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReservationsAwaited($window: WindowInput!) {\n  reservations(\n    filter: {mine: true, window: $window, states: [CONFIRMED]}\n    first: 50\n  ) {\n    nodes {\n      ...ReservationFacts\n      viewerCanCheckIn {\n        isAllowed\n        because\n      }\n    }\n  }\n}"): typeof import('./graphql.js').ReservationsAwaitedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReservationsHere($filter: ReservationFilter!, $first: Int! = 20) {\n  reservations(filter: $filter, first: $first) {\n    nodes {\n      ...Presence\n    }\n  }\n}"): typeof import('./graphql.js').ReservationsHereDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReservationsList($filter: ReservationFilter, $first: Int! = 50, $after: String) {\n  reservations(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ReservationFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').ReservationsListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ResourceFacts on Resource {\n  id\n  name\n  description\n  timeZone\n  status\n  isPool\n  capacity\n  seats\n  tags\n  type {\n    id\n    name\n  }\n  place {\n    id\n    name\n  }\n}"): typeof import('./graphql.js').ResourceFactsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ResourceShow($id: ID!) {\n  resource(id: $id) {\n    ...ResourceFacts\n  }\n}"): typeof import('./graphql.js').ResourceShowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ResourceTypesList($first: Int! = 50, $after: String) {\n  resourceTypes(first: $first, after: $after) {\n    nodes {\n      id\n      name\n      description\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').ResourceTypesListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ResourcesFree($window: WindowInput!, $filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  freeResources(window: $window, filter: $filter, first: $first, after: $after) {\n    nodes {\n      freeQuantity\n      resource {\n        ...ResourceFacts\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').ResourcesFreeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ResourcesList($filter: ResourceFilter, $first: Int! = 50, $after: String) {\n  resources(filter: $filter, first: $first, after: $after) {\n    nodes {\n      ...ResourceFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').ResourcesListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignInByPasskey($input: SignInByPasskeyInput!) {\n  signInByPasskey(input: $input) {\n    __typename\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').SignInByPasskeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignInConfirm($input: SignInConfirmInput!) {\n  signInConfirm(input: $input) {\n    __typename\n    ... on SignInConfirmSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').SignInConfirmDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    __typename\n    ... on SignInSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      user {\n        id\n        name\n        role\n        timeZone\n      }\n    }\n    ... on SecondFactorRequired {\n      challenge\n      methods\n      mustEnrol\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignOut {\n  signOut {\n    ... on SignOutSuccess {\n      endedSessions\n    }\n  }\n}"): typeof import('./graphql.js').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation TokenRefresh($input: TokenRefreshInput!) {\n  tokenRefresh(input: $input) {\n    __typename\n    ... on TokenRefreshSuccess {\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').TokenRefreshDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ViewerShow {\n  viewer {\n    id\n    name\n    role\n    timeZone\n    language\n  }\n}"): typeof import('./graphql.js').ViewerShowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment WaitFacts on Wait {\n  id\n  title\n  state\n  position\n  minutes\n  askedAt\n  window {\n    startsAt\n    endsAt\n  }\n  resources {\n    quantity\n    resource {\n      id\n      name\n      timeZone\n    }\n  }\n  reservation {\n    id\n    state\n    expiresAt\n  }\n}"): typeof import('./graphql.js').WaitFactsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation WaitlistJoin($input: WaitlistJoinInput!) {\n  waitlistJoin(input: $input) {\n    __typename\n    ... on WaitlistJoinSuccess {\n      wait {\n        ...WaitFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').WaitlistJoinDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation WaitlistLeave($id: ID!) {\n  waitlistLeave(id: $id) {\n    __typename\n    ... on WaitlistLeaveSuccess {\n      wait {\n        ...WaitFacts\n      }\n    }\n    ... on ReservationRefused {\n      ...Refusal\n    }\n    ... on UserError {\n      message\n      path\n    }\n  }\n}"): typeof import('./graphql.js').WaitlistLeaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query WaitsList($states: [WaitState!], $first: Int! = 50, $after: String) {\n  waits(states: $states, first: $first, after: $after) {\n    nodes {\n      ...WaitFacts\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.js').WaitsListDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
