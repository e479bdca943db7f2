import type {
  PasskeyAskMutation,
  PasskeyAskMutationVariables,
  ReservationCheckInMutation,
  ReservationCheckInMutationVariables,
  ReservationCheckOutMutation,
  ReservationCheckOutMutationVariables,
  ReservationExtendMutation,
  ReservationExtendMutationVariables,
  ReservationPresenceQuery,
  ReservationPresenceQueryVariables,
  ReservationsHereQuery,
  ReservationsHereQueryVariables,
  SignInByPasskeyMutation,
  SignInByPasskeyMutationVariables,
  SignInConfirmMutation,
  SignInConfirmMutationVariables,
  SignInMutation,
  SignInMutationVariables,
  SignOutMutation,
  SignOutMutationVariables,
  TokenRefreshMutation,
  TokenRefreshMutationVariables,
  ViewerShowQuery,
  ViewerShowQueryVariables,
} from '../client/generated/graphql.js';

/** The documents of schema/operations that the pages run: what each takes, and what it gives. */
export interface Documents {
  PasskeyAsk: [PasskeyAskMutationVariables, PasskeyAskMutation];
  ReservationCheckIn: [ReservationCheckInMutationVariables, ReservationCheckInMutation];
  ReservationCheckOut: [ReservationCheckOutMutationVariables, ReservationCheckOutMutation];
  ReservationExtend: [ReservationExtendMutationVariables, ReservationExtendMutation];
  ReservationPresence: [ReservationPresenceQueryVariables, ReservationPresenceQuery];
  ReservationsHere: [ReservationsHereQueryVariables, ReservationsHereQuery];
  SignIn: [SignInMutationVariables, SignInMutation];
  SignInByPasskey: [SignInByPasskeyMutationVariables, SignInByPasskeyMutation];
  SignInConfirm: [SignInConfirmMutationVariables, SignInConfirmMutation];
  SignOut: [SignOutMutationVariables, SignOutMutation];
  TokenRefresh: [TokenRefreshMutationVariables, TokenRefreshMutation];
  ViewerShow: [ViewerShowQueryVariables, ViewerShowQuery];
}

export type DocumentName = keyof Documents;
export type Variables<Name extends DocumentName> = Documents[Name][0];
/** The value of the document's one root field. */
export type Result<Name extends DocumentName> = Documents[Name][1][keyof Documents[Name][1]];

/** Put in by the build. */
declare const DOCUMENT_IDS: Readonly<Record<DocumentName, string>>;

export const idOf = (name: DocumentName): string => DOCUMENT_IDS[name];
