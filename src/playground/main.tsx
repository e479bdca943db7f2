import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './playground.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { createFetcher } from './fetcher.js';
import { Session } from './session.js';
import { SignIn } from './sign-in.js';
import { starterTabs } from './tabs.js';

const session = new Session();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no place for the playground');
createRoot(root).render(
  <GraphiQL
    fetcher={createFetcher(session)}
    defaultTabs={starterTabs()}
    isHeadersEditorEnabled={false}
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <SignIn session={session} />
    </GraphiQL.Logo>
  </GraphiQL>,
);
