import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change, Client } from 'ldapts';
import { freePort } from '../../src/infra/postgres/embedded-process.js';
import { eventually } from './eventually.js';
import type { TestAuthority } from './test-authority.js';

export const BASE = 'dc=example,dc=com';
export const PEOPLE = `ou=people,${BASE}`;
export const GROUPS = `ou=groups,${BASE}`;
export const SERVICE = { dn: `cn=service,${BASE}`, password: 'the service knows this' };
const ROOT = { dn: `cn=root,${BASE}`, password: 'the root knows this' };

/** An OpenLDAP server of one test file, with people, groups and a service that may search. */
export interface Slapd {
  /** Plain, with StartTLS where there is an authority. */
  readonly url: string;
  readonly secureUrl: string;
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Stops its answers without closing a connection; `resume` lets it go on. */
  pause(): void;
  resume(): void;
  /** Makes an entry, or changes one attribute of it. */
  add(dn: string, attributes: Record<string, string | string[]>): Promise<void>;
  set(dn: string, attribute: string, values: readonly string[]): Promise<void>;
  delete(dn: string): Promise<void>;
  /** Gives an entry another distinguished name. */
  move(dn: string, newDn: string): Promise<void>;
  /** What it was asked and has answered, as OpenLDAP writes it. */
  log(): string;
  remove(): Promise<void>;
}

/** Attributes of Active Directory, so that an OpenLDAP server can hold an account that looks like one of it. */
const ACTIVE_DIRECTORY = `
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.1459 NAME 'supportedCapabilities' SYNTAX 1.3.6.1.4.1.1466.115.121.1.38 )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.99999.1 NAME 'windowsAccount' SUP top AUXILIARY MAY ( objectGUID $ userAccountControl ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top AUXILIARY )`;

const config = (folder: string, authority: TestAuthority | null) => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
${ACTIVE_DIRECTORY}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
sizelimit unlimited
rootDSE ${folder}/root-dse.ldif
${authority ? `TLSCACertificateFile ${authority.caFile}\nTLSCertificateFile ${authority.certificateFile}\nTLSCertificateKeyFile ${authority.keyFile}` : ''}
database mdb
suffix "${BASE}"
rootdn "${ROOT.dn}"
rootpw "${ROOT.password}"
directory ${folder}/db
maxsize 268435456
access to attrs=userPassword by anonymous auth by * none
access to filter=(employeeType=hidden) attrs=entryUUID by * none
access to * by dn.exact="${SERVICE.dn}" read by * none
`;

const FIRST = `dn: ${BASE}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ${PEOPLE}
objectClass: organizationalUnit
ou: people

dn: ${GROUPS}
objectClass: organizationalUnit
ou: groups

dn: ${SERVICE.dn}
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: service
userPassword: ${SERVICE.password}
`;

/** What a server says of itself that takes itself for Active Directory. */
const WINDOWS = 'supportedCapabilities: 1.2.840.113556.1.4.800\n';

function prepare(
  folder: string,
  authority: TestAuthority | null,
  { more, isWindows }: { more: string; isWindows: boolean },
): void {
  if (!existsSync('/usr/sbin/slapd'))
    throw new Error('The tests of the directory need OpenLDAP: "apt-get install slapd".');
  mkdirSync(join(folder, 'db'));
  writeFileSync(join(folder, 'slapd.conf'), config(folder, authority));
  writeFileSync(join(folder, 'root-dse.ldif'), `dn:\n${isWindows ? WINDOWS : ''}`);
  writeFileSync(join(folder, 'first.ldif'), `${FIRST}\n${more}`);
  const args = ['-q', '-f', join(folder, 'slapd.conf'), '-l', join(folder, 'first.ldif')];
  const run = spawnSync('/usr/sbin/slapadd', args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`slapadd failed: ${run.stderr}`);
}

/**
 * Starts one; the caller removes it in afterAll.
 * @param more entries (LDIF) that are there from the beginning
 * @param isWindows lets it say that it is Active Directory
 */
export async function slapd(
  authority: TestAuthority | null = null,
  { more = '', isWindows = false } = {},
): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-slapd-'));
  const logFile = join(folder, 'log');
  prepare(folder, authority, { more, isWindows });
  const [port, securePort] = [await freePort(), await freePort()];
  const url = `ldap://127.0.0.1:${port}`;
  const secureUrl = `ldaps://127.0.0.1:${securePort}`;
  let child: ChildProcess | null = null;
  const asRoot = async (work: (client: Client) => Promise<void>) => {
    const client = new Client({ url, timeout: 5_000, connectTimeout: 5_000 });
    try {
      await client.bind(ROOT.dn, ROOT.password);
      await work(client);
    } finally {
      await client.unbind();
    }
  };
  const start = async () => {
    const listen = authority ? `${url} ${secureUrl}` : url;
    const command = `exec /usr/sbin/slapd -f "$1/slapd.conf" -h "$2" -d stats 2>>"$1/log"`;
    child = spawn('/bin/sh', ['-c', command, 'sh', folder, listen], { stdio: 'ignore' });
    await eventually(() => asRoot(async () => {}));
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url,
    secureUrl,
    start,
    kill,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    add: (dn, attributes) => asRoot((client) => client.add(dn, attributes)),
    set: (dn, type, values) =>
      asRoot((client) =>
        client.modify(dn, [
          new Change({ operation: 'replace', modification: new Attribute({ type, values: [...values] }) }),
        ]),
      ),
    delete: (dn) => asRoot((client) => client.del(dn)),
    move: (dn, newDn) => asRoot((client) => client.modifyDN(dn, newDn)),
    log: () => readFileSync(logFile, 'utf8'),
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Adds somebody who can sign in with the password; the result is the distinguished name. */
export async function directoryPerson(
  server: Slapd,
  uid: string,
  facts: { password?: string; name?: string; mail?: string; more?: Record<string, string> } = {},
): Promise<string> {
  const dn = `uid=${uid},${PEOPLE}`;
  await server.add(dn, {
    objectClass: ['inetOrgPerson', ...(facts.more ? ['windowsAccount'] : [])],
    uid,
    cn: uid,
    sn: uid,
    displayName: facts.name ?? uid,
    mail: facts.mail ?? `${uid}@example.com`,
    userPassword: facts.password ?? DIRECTORY_PASSWORD,
    ...facts.more,
  });
  return dn;
}

export const DIRECTORY_PASSWORD = 'what the directory knows';

/** Adds a group of these entries; the result is the distinguished name. */
export async function directoryGroup(server: Slapd, cn: string, member: string[]): Promise<string> {
  const dn = `cn=${cn},${GROUPS}`;
  await server.add(dn, { objectClass: 'groupOfNames', cn, member });
  return dn;
}
