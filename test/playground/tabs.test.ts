import { getVariableValues, Kind, parse, validate } from 'graphql';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { starterTabs } from '../../src/playground/tabs.js';

const schema = buildHoldfastSchema();

describe('the starter tabs of the playground', () => {
  it.each(
    starterTabs().map((tab) => ({ name: tab.query.match(/(query|mutation|subscription) \w+/)?.[0], tab })),
  )('fit the schema: $name', ({ tab }) => {
    const document = parse(tab.query);
    expect(validate(schema, document)).toEqual([]);
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a tab holds no operation');
    const { errors } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      JSON.parse(tab.variables ?? '{}') as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
  });
});
