import type { Command } from 'commander';
import { examples, type Leaf } from '../leaf.js';

export function addApi(program: Command, leaf: Leaf): void {
  const api = leaf(program, 'api <query>', 'run GraphQL of your own: its text, @file, @- or sha256:…', () =>
    import('../acts/api.js').then(({ api }) => api),
  ).option('--var <name=value...>', 'a variable: JSON, or else the text as it stands');
  examples(api, ["api '{ viewer { name } }'", 'api @rooms.graphql --var first=5']);
}
