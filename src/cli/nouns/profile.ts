import type { Command } from 'commander';
import type { Leaf } from '../leaf.js';

export function addProfile(program: Command, leaf: Leaf): void {
  const profile = program.command('profile').description('servers that you are signed in at');
  leaf(profile, 'list', 'list them', () =>
    import('../acts/profile.js').then(({ listProfiles }) => listProfiles),
  );
  leaf(profile, 'use <name>', 'choose the one that is used from now on', () =>
    import('../acts/profile.js').then(({ useProfile }) => useProfile),
  );
  leaf(profile, 'remove <name>', 'forget one here; logout also ends its session', () =>
    import('../acts/profile.js').then(({ removeProfile }) => removeProfile),
  );
}
