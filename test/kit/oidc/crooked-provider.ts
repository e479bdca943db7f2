import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

/** What it does otherwise than it should. */
export interface Crookedness {
  /** Claims in place of the right ones; undefined leaves one out. */
  readonly claims?: JWTPayload & Record<string, unknown>;
  /** Signs with a key that it does not publish. */
  readonly isForged?: boolean;
  readonly isUnsigned?: boolean;
  /** What the token endpoint answers instead. */
  readonly answer?: { readonly status: number; readonly body: string; readonly type?: string };
}

/** A provider that hands out whatever the test wants, to see it refused. Knows one code: `code`. */
export class CrookedProvider {
  crookedness: Crookedness = {};
  /** What it was last asked at its token endpoint. */
  asked = new URLSearchParams();
  nonce = '';
  private keys = CrookedProvider.pair('one');
  private readonly forger = CrookedProvider.pair('one');
  private readonly server = createServer(
    (request, response) =>
      void this.answerTo(request).then(({ status, body, type }) => {
        response.writeHead(status, { 'content-type': type ?? 'application/json' }).end(body);
      }),
  );

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Signs with another key from now on, and publishes no other. */
  rotateKeys(kid: string): void {
    this.keys = CrookedProvider.pair(kid);
  }

  private static pair(kid: string) {
    return generateKeyPair('RS256', { extractable: true }).then((pair) => ({ kid, ...pair }));
  }

  private async answerTo(request: IncomingMessage): Promise<NonNullable<Crookedness['answer']>> {
    const ok = (body: object) => ({ status: 200, body: JSON.stringify(body) });
    const { issuer } = this;
    if (request.url === '/.well-known/openid-configuration')
      return ok({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      });
    if (request.url === '/keys') {
      const { kid, publicKey } = await this.keys;
      return ok({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] });
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.asked = new URLSearchParams(Buffer.concat(chunks).toString());
    if (this.crookedness.answer) return this.crookedness.answer;
    return ok({ access_token: 'any', token_type: 'Bearer', id_token: await this.idToken() });
  }

  private async idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const { claims = {}, isForged, isUnsigned } = this.crookedness;
    const right = {
      iss: this.issuer,
      sub: 'ada',
      aud: 'holdfast',
      nonce: this.nonce,
      iat: now,
      exp: now + 60,
    };
    const person = { email: 'ada@example.com', email_verified: true, name: 'Ada', groups: [] };
    const payload = JSON.parse(JSON.stringify({ ...right, ...person, ...claims })) as JWTPayload;
    if (isUnsigned) return new UnsecuredJWT(payload).encode();
    const { kid, privateKey } = await (isForged ? this.forger : this.keys);
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey as CryptoKey);
  }
}
