import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { LIMITS } from './limits.js';
import { measureWith, type Shape } from './shape.js';

const plural = (what: string) => (amount: number, limit: number) =>
  `This operation has ${amount} ${what}; ${limit} are allowed.`;
const says = {
  depth: (amount: number, limit: number) => `This operation is ${amount} fields deep; ${limit} are allowed.`,
  fields: plural('fields'),
  rootFields: plural('root fields'),
  one: (amount: number, limit: number) => `One selection has ${amount} fields; ${limit} are allowed.`,
  aliases: plural('aliases'),
  directives: plural('directives'),
  list: (amount: number, limit: number) => `A list has ${amount} entries; ${limit} are allowed.`,
};

/** What the shape of one operation offends, as sentences. */
const offences = (shape: Shape): string[] => {
  const found: string[] = [];
  const check = (amount: number, limit: number, say: (amount: number, limit: number) => string) => {
    if (amount > limit) found.push(say(amount, limit));
  };
  check(shape.depth, LIMITS.depth, says.depth);
  check(shape.introspectionDepth, LIMITS.introspectionDepth, says.depth);
  check(shape.own, LIMITS.rootFields, says.rootFields);
  check(shape.widest, LIMITS.fieldsOfOneObject, says.one);
  check(shape.fields, LIMITS.fields, says.fields);
  return found;
};

/**
 * One rule for all limits that the document alone decides. It reports and never throws, so an operation over
 * a limit is answered like any other invalid one.
 */
function limitsRule(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  let directives = 0;
  const measure = measureWith(context.getDocument());
  const report = (message: string) => context.reportError(new GraphQLError(message));
  const leave = (_document: DocumentNode) => {
    if (aliases > LIMITS.aliases) report(says.aliases(aliases, LIMITS.aliases));
    if (directives > LIMITS.directives) report(says.directives(directives, LIMITS.directives));
  };
  return {
    Document: { leave },
    Field(node) {
      if (node.alias) aliases++;
    },
    Directive() {
      directives++;
    },
    ListValue(node) {
      if (node.values.length > LIMITS.list) report(says.list(node.values.length, LIMITS.list));
    },
    OperationDefinition(node) {
      for (const offence of offences(measure(node.selectionSet))) report(offence);
    },
  };
}

/** The rules that every document must pass besides those of GraphQL itself. */
export const limitRules = (introspection: boolean): readonly ValidationRule[] =>
  introspection ? [limitsRule] : [NoSchemaIntrospectionCustomRule, limitsRule];
