import type { GraphQLError } from 'graphql';
import type { Ctx, Viewer } from '../../domain/act.js';
import { Unavailable } from '../../domain/failure.js';
import type { UsageCounter } from '../../domain/operations/usage-counter.js';
import { badUserInput, persistedOperationRequired, unavailable } from '../errors.js';
import type { AdmittedOperation, Gate, GivenOperation } from '../limits/gate.js';
import { type AutomaticDocuments, type AutomaticQuery, automaticRefused } from './automatic.js';
import { usesOfText } from './fields-of.js';
import type { OwnDocuments } from './own-documents.js';
import type { AdmittedDocument, PersistedDocument } from './persisted.js';
import type { Judged, RegisteredDocuments } from './registered.js';

/** An operation as a client sends it: as text, or by the id of a document that is known here. */
export interface GivenCall extends Omit<GivenOperation, 'query'> {
  readonly query?: string | null | undefined;
  readonly documentId?: string | null | undefined;
  readonly extensions?: { readonly persistedQuery?: AutomaticQuery | null } | null | undefined;
}

export interface EntranceParts {
  readonly gate: Gate;
  readonly own: OwnDocuments;
  /** Null: clients have registered none. */
  readonly registered: RegisteredDocuments | null;
  /** Null: they are not supported. */
  readonly automatic: AutomaticDocuments | null;
  /** Whether everybody has to name documents that are known here, not only clients that are marked so. */
  readonly persistedOnly: boolean;
  /** Null: nothing is counted. */
  readonly usage: UsageCounter | null;
}

type Caller = Pick<Ctx, 'viewer' | 'address' | 'clock'>;
type Entered = AdmittedOperation | readonly GraphQLError[];

const HEX = /^[0-9a-f]{64}$/i;

/** The one way in for operations, whatever brings them: over HTTP, sockets and REST alike. */
export class Entrance {
  constructor(private readonly parts: EntranceParts) {}

  /** Finds or reads the document, checks it and this call, and counts it. Never throws: what is wrong comes back. */
  enter(given: GivenCall, caller: Caller): Entered {
    const { documentId, query, extensions } = given;
    if (documentId != null) return this.byId(documentId, given, caller);
    const { persistedOnly, automatic } = this.parts;
    if (persistedOnly || caller.viewer?.client?.persistedOnly) return [persistedOperationRequired()];
    const automaticQuery = extensions?.persistedQuery;
    if (!automaticQuery) return this.byText(query ?? '', given, caller);
    const text = automatic ? automatic.read(automaticQuery, query ?? null) : automaticRefused();
    return typeof text === 'string' ? this.byText(text, given, caller) : [text];
  }

  /** Checks one call of a document that was found, and counts it. */
  admit(
    persisted: PersistedDocument,
    given: Omit<GivenCall, 'query'>,
    caller: Caller,
  ): AdmittedDocument | readonly GraphQLError[] {
    if (persisted.endsAt !== null && persisted.endsAt <= caller.clock.now().getTime())
      return [badUserInput('This document has ended: use the one that has taken its place.')];
    const entered = this.parts.gate.admit(persisted.document, given);
    if (!('document' in entered)) return entered;
    this.parts.usage?.count(persisted.uses, caller);
    return { ...entered, persisted };
  }

  /**
   * The document that this name means to the viewer: one of the client's own before one of ours; null for none.
   * @throws Unavailable while it is not known yet what is approved
   */
  named(viewer: Viewer | null, name: string, number: number | null, now: number): Judged | null {
    const { own, registered } = this.parts;
    const ofClient = viewer?.client && registered?.byName(viewer.userId, name, number, now);
    if (ofClient) return ofClient;
    const ours = own.byName.get(name);
    return ours && (number ?? ours.number) === ours.number ? ours : null;
  }

  /** Every document that the viewer can name. */
  all(viewer: Viewer | null): PersistedDocument[] {
    const { own, registered } = this.parts;
    const ofClient = viewer?.client ? (registered?.all(viewer.userId) ?? []) : [];
    const names = new Set(ofClient.map(({ name }) => name));
    return [...ofClient, ...[...own.byName.values()].filter(({ name }) => !names.has(name))];
  }

  /** The same of a document that is named by its id. */
  byId(
    documentId: string,
    given: Omit<GivenCall, 'query'>,
    caller: Caller,
  ): AdmittedDocument | readonly GraphQLError[] {
    const id = HEX.test(documentId) ? `sha256:${documentId.toLowerCase()}` : documentId;
    const { own, registered } = this.parts;
    const { viewer } = caller;
    try {
      const judged = own.byId.get(id) ?? (viewer?.client ? registered?.byId(viewer.userId, id) : null);
      if (!judged) return [badUserInput('There is no such document.')];
      return 'document' in judged ? this.admit(judged, given, caller) : judged;
    } catch (error) {
      if (error instanceof Unavailable) return [unavailable()];
      throw error;
    }
  }

  private byText(query: string, given: GivenCall, caller: Caller): Entered {
    const { gate, usage } = this.parts;
    const entered = gate.enter({ ...given, query });
    if ('document' in entered)
      usage?.count(usesOfText(gate.schema, entered.document, entered.operation), caller);
    return entered;
  }
}
