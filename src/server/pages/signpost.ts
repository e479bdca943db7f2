import type { FastifyInstance } from 'fastify';
import { PAGE } from './page-headers.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --ground: #f6f7f9; --line: #d8dde4; --accent: #1f6f5c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf1; --soft: #9aa7b6; --ground: #14181e; --line: #2c343f; --accent: #5fc3a8; }
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 42rem; margin: 12vh auto 4rem; padding: 0 1.5rem; }
h1 { font-size: 2.25rem; line-height: 1.1; margin: 0 0 0.5rem; letter-spacing: -0.02em; }
p { margin: 0 0 1.5rem; color: var(--soft); }
ul { list-style: none; margin: 2rem 0; padding: 0; border-top: 1px solid var(--line); }
li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
li a { min-width: 14rem; }
li span { color: var(--soft); }
a { color: var(--accent); font-weight: 600; text-underline-offset: 0.2em; }
form { display: flex; flex-wrap: wrap; gap: 0.75rem; }
button { font: inherit; min-height: 2.75rem; padding: 0 1.25rem; border: 1px solid var(--line); border-radius: 0.4rem; background: transparent; color: var(--ink); cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
`;

const link = (path: string, text: string) => `<li><a href="${path}">${path}</a><span>${text}</span></li>`;

const page = (playground: boolean) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/signpost.css">
</head>
<body>
<main>
<h1>Holdfast</h1>
<p>Reservations for an organisation's shared resources: rooms, desks, instruments, vehicles and pools of equal
things. Never twice, live everywhere, and with reasons.</p>
<p>This server speaks GraphQL at <code>/graphql</code>, over HTTP and over WebSocket.</p>
<ul>
${playground ? link('/playground', 'write queries in the browser, and watch availability live') : ''}
${link('/rest/openapi.json', 'what you may call as plain HTTP')}
${link('/healthz', 'whether this process is alive')}
${link('/readyz', 'whether it can serve, part by part')}
${link('/.well-known/jwks.json', 'the public keys of its access tokens')}
</ul>
</main>
</body>
</html>
`;

/** The page at `/`, which says where things are. */
export function addSignpost(app: FastifyInstance, options: { readonly playground: boolean }): void {
  const html = page(options.playground);
  app.get('/', { helmet: PAGE }, async (_request, reply) => {
    reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache');
    return html;
  });
  app.get('/signpost.css', { helmet: PAGE }, async (_request, reply) => {
    reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'no-cache');
    return STYLE;
  });
}
