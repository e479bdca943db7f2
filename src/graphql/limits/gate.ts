import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { badUserInput } from '../errors.js';
import { admit } from './admit.js';
import { DocumentCache } from './documents.js';
import { LIMITS } from './limits.js';
import { limitRules } from './rules.js';
import type { GivenVariables } from './size.js';

/** An operation as a client sends it. */
export interface GivenOperation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: GivenVariables | null | undefined;
}

/** An operation that has passed every limit and may be executed. */
export interface AdmittedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Everything that is wrong with a document is the client's to mend. */
const asBadInput = (errors: readonly GraphQLError[]) => {
  for (const { extensions } of errors) extensions.code ??= 'BAD_USER_INPUT';
  return errors;
};

const MOST_ERRORS = { maxErrors: LIMITS.errors };

/**
 * What every operation has to pass, whatever brings it: see documents/entrance.ts. Documents that passed are kept by their text, so that
 * each is parsed, checked and compiled once in a process.
 */
export class Gate {
  private readonly documents = new DocumentCache();
  private readonly rules: ReturnType<typeof limitRules>;

  constructor(
    readonly schema: GraphQLSchema,
    introspection: boolean,
  ) {
    this.rules = limitRules(introspection);
  }

  /** Parses and checks an operation with its variables. Never throws: what is wrong comes back as errors. */
  enter({ query, ...call }: GivenOperation): AdmittedOperation | readonly GraphQLError[] {
    const document = this.read(query);
    return 'kind' in document ? this.admit(document, call) : document;
  }

  /** Checks one call of a document that has passed the rules. */
  admit(
    document: DocumentNode,
    { operationName, variables }: Omit<GivenOperation, 'query'>,
  ): AdmittedOperation | readonly GraphQLError[] {
    const operation = getOperationAST(document, operationName);
    if (!operation)
      return [badUserInput('The document has no such operation, or several and none was named.')];
    const refusal = admit(this.schema, document, operation, variables);
    return refusal ? [refusal] : { document, operation };
  }

  private read(query: string): DocumentNode | readonly GraphQLError[] {
    const kept = this.documents.get(query);
    if (kept) return kept;
    const document = this.check(query);
    if ('kind' in document) this.documents.set(query, document);
    return document;
  }

  /** The document of this text, checked by every rule and not kept, or what is wrong with it. */
  check(query: string): DocumentNode | readonly GraphQLError[] {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: LIMITS.tokens });
    } catch (error) {
      return asBadInput([
        error instanceof GraphQLError ? error : badUserInput('The document cannot be read.'),
      ]);
    }
    // GraphQL's own rules compare fields in pairs, so they are not asked about a document of any size.
    for (const rules of [this.rules, specifiedRules]) {
      const errors = validate(this.schema, document, rules, MOST_ERRORS);
      if (errors.length > 0) return asBadInput(errors);
    }
    return document;
  }
}
