import type { Command } from 'commander';
import { examples, type Leaf } from '../leaf.js';

export function addAccount(program: Command, leaf: Leaf): void {
  const login = leaf(program, 'login', 'sign in at a server, and keep that as a profile', () =>
    import('../acts/login.js').then(({ login }) => login),
  )
    .option('--email <address>', 'as whom; asked for without it')
    .option('--with-token', 'read a token from standard input: hfr_…, cli_…:hfs_… or an access token');
  examples(login, [
    'login --server https://rooms.example.com',
    'login --server https://rooms.example.com --with-token < token',
  ]);
  leaf(program, 'logout', 'end the session, here and at the server', () =>
    import('../acts/logout.js').then(({ logout }) => logout),
  );
  leaf(program, 'whoami', 'tell as whom you are signed in, and where', () =>
    import('../acts/whoami.js').then(({ whoami }) => whoami),
  );
}
