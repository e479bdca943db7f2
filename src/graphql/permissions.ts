import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Viewer } from '../domain/act.js';
import type { GraphQLContext } from './context.js';
import { forbidden, outOfScope, unauthenticated } from './errors.js';
import { scopes } from './scopes.js';

type Verdict = 'ALLOWED' | 'UNAUTHENTICATED' | 'FORBIDDEN';
type Rule = (viewer: Viewer | null) => Verdict;

const anyone: Rule = () => 'ALLOWED';
/** As for anyone, and a token that came along and no longer counts stands in nobody's way. */
const open: Rule = () => 'ALLOWED';
const signedIn: Rule = (viewer) => (viewer ? 'ALLOWED' : 'UNAUTHENTICATED');
const only =
  (...roles: Viewer['role'][]): Rule =>
  (viewer) =>
    !viewer ? 'UNAUTHENTICATED' : roles.includes(viewer.role) ? 'ALLOWED' : 'FORBIDDEN';
const administrator = only('ADMINISTRATOR');
const manager = only('ADMINISTRATOR', 'MANAGER');

/**
 * Who may call which root field. Deny by default: a field without a rule, or a rule without a field, stops
 * the start. What depends on the object (owner, the resource's own managers) is decided by the act.
 */
export const permissions: Readonly<Record<string, Rule>> = {
  'Query.viewer': anyone,
  'Query.user': signedIn,
  'Query.users': signedIn,
  'Mutation.signIn': open,
  'Mutation.signInConfirm': open,
  'Mutation.signInEnrol': open,
  'Mutation.signInByPasskey': open,
  'Mutation.passkeyAsk': open,
  'Mutation.tokenRefresh': open,
  'Mutation.signOut': open,
  'Mutation.signOutEverywhere': signedIn,
  'Mutation.sessionRevoke': signedIn,
  'Mutation.sessionsRevoke': signedIn,
  'Mutation.passwordChange': signedIn,
  'Mutation.sessionProve': signedIn,
  'Mutation.totpEnrol': signedIn,
  'Mutation.totpConfirm': signedIn,
  'Mutation.totpRemove': signedIn,
  'Mutation.recoveryCodesRenew': signedIn,
  'Mutation.factorsReset': administrator,
  'Mutation.passkeyRegister': signedIn,
  'Mutation.passkeyConfirm': signedIn,
  'Mutation.passkeyRename': signedIn,
  'Mutation.passkeyRemove': signedIn,
  'Mutation.identityLink': signedIn,
  'Mutation.identityLinkConfirm': signedIn,
  'Mutation.identityUnlink': signedIn,
  'Mutation.identityPermit': administrator,
  'Mutation.passwordSet': administrator,
  'Mutation.userHandToDirectory': administrator,
  'Mutation.userUnlink': administrator,
  'Query.directorySync': administrator,
  'Mutation.directorySync': administrator,
  'Mutation.userCreate': administrator,
  'Mutation.userUpdate': signedIn,
  'Query.node': signedIn,
  'Query.nodes': signedIn,
  'Query.place': signedIn,
  'Query.places': signedIn,
  'Query.resourceType': signedIn,
  'Query.resourceTypes': signedIn,
  'Query.resource': signedIn,
  'Query.resources': signedIn,
  'Mutation.placeCreate': manager,
  'Mutation.placeUpdate': manager,
  'Mutation.resourceTypeCreate': manager,
  'Mutation.resourceTypeUpdate': manager,
  'Mutation.resourceCreate': signedIn,
  'Mutation.resourceUpdate': signedIn,
  'Mutation.resourcePartsSet': manager,
  'Mutation.resourceAddOnsSet': manager,
  'Query.reservation': signedIn,
  'Query.reservations': signedIn,
  'Query.series': signedIn,
  'Query.availability': signedIn,
  'Query.freeResources': signedIn,
  'Query.windowsFind': signedIn,
  'Mutation.alternativeHold': signedIn,
  'Mutation.reservationCreate': signedIn,
  'Mutation.reservationHold': signedIn,
  'Mutation.reservationConfirm': signedIn,
  'Mutation.reservationCancel': signedIn,
  'Mutation.reservationUpdate': signedIn,
  'Mutation.reservationMove': signedIn,
  'Mutation.reservationExtend': signedIn,
  'Mutation.reservationsMove': signedIn,
  'Mutation.reservationCheckIn': signedIn,
  'Mutation.reservationCheckOut': signedIn,
  'Mutation.resourceLinkRotate': signedIn,
  'Query.attendance': manager,
  'Mutation.reservationUndo': signedIn,
  'Mutation.participantsInvite': signedIn,
  'Mutation.participantsRemove': signedIn,
  'Mutation.invitationRespond': signedIn,
  'Mutation.attachmentAdd': signedIn,
  'Mutation.attachmentRemove': signedIn,
  'Mutation.commentAdd': signedIn,
  'Mutation.commentEdit': signedIn,
  'Mutation.commentRemove': signedIn,
  'Query.group': signedIn,
  'Query.groups': signedIn,
  'Query.training': signedIn,
  'Query.trainings': signedIn,
  'Mutation.groupCreate': manager,
  'Mutation.groupUpdate': manager,
  'Mutation.groupRemove': manager,
  'Mutation.groupMembersAdd': manager,
  'Mutation.groupMembersRemove': manager,
  'Mutation.trainingCreate': manager,
  'Mutation.trainingUpdate': manager,
  'Mutation.trainingRemove': manager,
  'Mutation.trainingGrant': manager,
  'Mutation.trainingRevoke': manager,
  'Query.rule': signedIn,
  'Query.rules': signedIn,
  'Query.rulesPreview': signedIn,
  'Query.ruleRemovePreview': signedIn,
  'Mutation.ruleSet': signedIn,
  'Mutation.ruleRemove': signedIn,
  'Query.closure': signedIn,
  'Query.closures': signedIn,
  'Query.closurePreview': signedIn,
  'Mutation.closureCreate': signedIn,
  'Mutation.closureUpdate': signedIn,
  'Mutation.closureRemove': signedIn,
  'Mutation.closingUndo': signedIn,
  'Mutation.closuresImport': signedIn,
  'Query.approvals': signedIn,
  'Query.deputies': signedIn,
  'Query.delegates': signedIn,
  'Query.delegators': signedIn,
  'Mutation.delegateAdd': signedIn,
  'Mutation.delegateRemove': signedIn,
  'Mutation.approvalDecide': signedIn,
  'Mutation.approvalAnswer': signedIn,
  'Mutation.deputyAdd': signedIn,
  'Mutation.deputyRemove': signedIn,
  'Query.notifications': signedIn,
  'Query.notificationPreferences': signedIn,
  'Mutation.notificationPreferencesSet': signedIn,
  'Query.notificationSettings': signedIn,
  'Mutation.notificationSettingsSet': signedIn,
  'Query.mails': administrator,
  'Mutation.mailResend': administrator,
  'Mutation.notificationRead': signedIn,
  'Query.waits': signedIn,
  'Query.waitlist': signedIn,
  'Mutation.waitlistJoin': signedIn,
  'Mutation.waitlistLeave': signedIn,
  'Mutation.seriesCreate': signedIn,
  'Mutation.seriesUpdate': signedIn,
  'Mutation.seriesCancel': signedIn,
  'Query.feed': signedIn,
  'Query.feeds': signedIn,
  'Mutation.feedCreate': signedIn,
  'Mutation.feedRotate': signedIn,
  'Mutation.feedRemove': signedIn,
  'Mutation.reservationsImport': signedIn,
  'Mutation.userErase': administrator,
  'Query.audit': signedIn,
  'Query.auditChain': administrator,
  'Query.auditVerify': administrator,
  'Query.logFiles': administrator,
  'Query.webhook': manager,
  'Query.webhooks': manager,
  'Mutation.webhookCreate': manager,
  'Mutation.webhookUpdate': manager,
  'Mutation.webhookRemove': manager,
  'Mutation.webhookRotateSecret': manager,
  'Mutation.webhookTest': manager,
  'Mutation.webhookPause': manager,
  'Mutation.webhookResume': manager,
  'Mutation.webhookDeliveryReplay': manager,
  'Query.apiClient': signedIn,
  'Query.apiClients': signedIn,
  'Mutation.apiClientCreate': administrator,
  'Mutation.apiClientUpdate': administrator,
  'Mutation.apiClientRotateSecret': signedIn,
  'Mutation.apiSecretRevoke': signedIn,
  'Query.persistedOperation': signedIn,
  'Query.persistedOperations': signedIn,
  'Query.schemaUsage': administrator,
  'Mutation.operationRegister': signedIn,
  'Mutation.operationApprove': administrator,
  'Mutation.operationReject': administrator,
  'Mutation.operationDeprecate': signedIn,
  'Subscription.availability': signedIn,
  'Subscription.notificationAdded': signedIn,
};

/** Whether whoever calls this may carry a token that no longer counts: it is how they get another one. */
export const takesAnyToken = ({ operation, selectionSet }: OperationDefinitionNode): boolean =>
  operation === 'mutation' &&
  selectionSet.selections.every(
    (field) => field.kind === Kind.FIELD && permissions[`Mutation.${field.name.value}`] === open,
  );

/**
 * Throws UNAUTHENTICATED or FORBIDDEN where the table does not allow this viewer the root field `Type.field`, or where
 * the viewer is a program that lacks its scope.
 */
export function judgeRootField(name: string, viewer: Viewer | null): void {
  const verdict = permissions[name]?.(viewer) ?? 'FORBIDDEN';
  if (verdict === 'UNAUTHENTICATED') throw unauthenticated();
  if (verdict === 'FORBIDDEN') throw forbidden();
  if (!viewer?.client) return;
  const scope = scopes[name] ?? null;
  if (scope === null || !viewer.client.scopes.includes(scope)) throw outOfScope(scope);
}

/** The same, and tells the audit of whoever is signed in and tries what the role does not permit. */
export function guard(name: string, ctx: GraphQLContext): void {
  try {
    judgeRootField(name, ctx.viewer);
  } catch (error) {
    if (ctx.viewer) ctx.identity.security.note(ctx, { action: 'security.forbidden', field: name });
    throw error;
  }
}

/** Puts the tables' rules before each root field. Only root fields pay for it. */
export function guardRootFields(schema: GraphQLSchema): GraphQLSchema {
  const unused = new Set([...Object.keys(permissions), ...Object.keys(scopes)]);
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    if (!type) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      if (!permissions[name]) throw new Error(`permissions.ts has no rule for ${name}`);
      if (scopes[name] === undefined) throw new Error(`scopes.ts has no scope for ${name}`);
      unused.delete(name);
      const place = type === schema.getSubscriptionType() ? 'subscribe' : 'resolve';
      const inner = field[place];
      if (!inner) throw new Error(`${name} has no ${place}`);
      field[place] = (source, args, ctx: GraphQLContext, info) => {
        guard(name, ctx);
        return inner(source, args, ctx, info);
      };
    }
  }
  if (unused.size > 0)
    throw new Error(`permissions.ts or scopes.ts names fields that are not there: ${[...unused].join(', ')}`);
  return schema;
}
