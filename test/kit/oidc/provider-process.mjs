// A provider of OpenID Connect as a process of its own: node provider-process.mjs PORT. It lets in whoever it was last
// told by a message, and tells by one that it listens. Its keys are new at every start.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

// It warns of its store in memory, which is what a test wants.
console.warn = () => undefined;
const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const SCOPES = 'openid profile email groups';
let person = { sub: 'nobody' };

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' };

const provider = new Provider(issuer, {
  jwks: { keys: [jwk] },
  cookies: { keys: ['only tests know it'] },
  pkce: { required: () => true },
  clients: [
    {
      client_id: 'holdfast',
      client_secret: 'a secret of the client',
      redirect_uris: JSON.parse(process.argv[3]),
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  scopes: SCOPES.split(' '),
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
  conformIdTokenClaims: process.argv[4] === 'userinfo',
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, accountId) => ({ accountId, claims: async () => ({ ...person, sub: accountId }) }),
  async loadExistingGrant({ oidc }) {
    const { clientId } = oidc.client;
    const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope(SCOPES);
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();
const server = createServer((request, response) => {
  if (!request.url?.startsWith('/interaction/')) return answer(request, response);
  const result = person.isDenied
    ? { error: 'access_denied', error_description: 'somebody has clicked <b>no</b>' }
    : { login: { accountId: person.sub, remember: false } };
  return provider.interactionFinished(request, response, result);
});
process.on('message', (told) => {
  person = told;
  process.send('told');
});
server.listen(port, '127.0.0.1', () => process.send('listening'));
