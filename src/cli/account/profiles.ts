import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure, wrongUsage } from '../failure.js';

/** How somebody is signed in at one server. */
export interface Profile {
  readonly server: string;
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly timeZone: string;
  };
  /** Null for a program, which fetches one each time. */
  readonly accessToken: string | null;
  /** Null where there is nothing to go on with once the access token has ended. */
  readonly refreshToken: string | null;
  /** `cli_…:hfs_…` of an API client. */
  readonly credentials: string | null;
}

const NAME = /^[\w-][\w.-]{0,63}$/;
const OTHERS = 0o077;

/** The profile that a server gets unless it is given a name. */
export const profileNameOf = (server: string): string => {
  const { host, pathname } = new URL(server);
  return `${host}${pathname}`
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+|-+$/g, '')
    .slice(0, 64);
};

/** Profiles in a folder, a file each, that nobody else can read; replaced as a whole. */
export class Profiles {
  constructor(readonly folder: string) {}

  names(): string[] {
    try {
      const files = readdirSync(join(this.folder, 'profiles'));
      return files
        .filter((file) => file.endsWith('.json'))
        .map((file) => file.slice(0, -'.json'.length))
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  read(name: string): Profile | null {
    const path = this.path(name);
    const text = this.text(path);
    if (text === null) return null;
    if (process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0) {
      const hint = `Take it from them with: chmod 600 ${path}`;
      throw new Failure(EXIT.failed, 'UNSAFE_FILE', `Others can read ${path}.`, { hint });
    }
    try {
      return JSON.parse(text) as Profile;
    } catch {
      const hint = `Remove it with: holdfast profile remove ${name}`;
      throw new Failure(EXIT.failed, 'BROKEN_FILE', `${path} is no profile.`, { hint });
    }
  }

  write(name: string, profile: Profile): void {
    this.replace(this.path(name), `${JSON.stringify(profile, null, 2)}\n`);
  }

  remove(name: string): void {
    rmSync(this.path(name), { force: true });
    if (this.chosen() === name) rmSync(join(this.folder, 'profile'), { force: true });
  }

  /** The one that is used unless another is named. */
  chosen(): string | null {
    return this.text(join(this.folder, 'profile'))?.trim() || null;
  }

  choose(name: string): void {
    this.replace(join(this.folder, 'profile'), `${name}\n`);
  }

  private path(name: string): string {
    if (!NAME.test(name)) throw wrongUsage(`"${name}" is no name of a profile.`);
    return join(this.folder, 'profiles', `${name}.json`);
  }

  private text(path: string): string | null {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private replace(path: string, text: string): void {
    mkdirSync(join(this.folder, 'profiles'), { recursive: true, mode: 0o700 });
    const next = `${path}.${process.pid}`;
    writeFileSync(next, text, { mode: 0o600 });
    // The mode above counts for new files only, and less what the umask takes.
    chmodSync(next, 0o600);
    renameSync(next, path);
  }
}
