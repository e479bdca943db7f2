/** What a browser does of HTTP: cookies by host and port, and redirects one by one. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** One request; where it leads next is `to`. */
  async get(url: string): Promise<{ response: Response; to: string | null }> {
    const jar = this.jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /Max-Age=0/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location');
    return { response, to: location && new URL(location, url).href };
  }

  /** Follows redirects until the next one would lead to an address that begins so, which it returns. */
  async goUntil(url: string, prefix: string): Promise<string> {
    let next = url;
    for (let hops = 0; hops < 10; hops++) {
      const { response, to } = await this.get(next);
      if (to === null) throw new Error(`${next} ended with ${response.status}: ${await response.text()}`);
      if (to.startsWith(prefix)) return to;
      next = to;
    }
    throw new Error('too many redirects');
  }

  cookie(url: string, name: string): string | null {
    return this.jarOf(url).get(name) ?? null;
  }

  setCookie(url: string, name: string, value: string): void {
    this.jarOf(url).set(name, value);
  }

  private jarOf(url: string): Map<string, string> {
    const { host } = new URL(url);
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    return jar;
  }
}
