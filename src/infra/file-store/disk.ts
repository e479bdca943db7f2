import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Unavailable } from '../../domain/failure.js';
import { type FileStore, type StoredFile, TooLarge } from '../../ports/file-store.js';

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Half-written files, each under a name of its own. On the same disk, or they could not be renamed. */
const UNDER_WAY = 'under-way';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
/** The disk is full, broken or not there. */
const AWAY = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOTDIR',
  'ESTALE',
  'EMFILE',
  'ENFILE',
]);

/** Lets what the disk cannot do through as Unavailable, and everything else as it is. */
async function orAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (AWAY.has(codeOf(error))) throw new Unavailable('the file store cannot be used', { cause: error });
    throw error;
  }
}

/** A folder of ours: made where it is missing, refused where somebody has put something else in its place. */
async function folderAt(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (!(await lstat(path)).isDirectory()) throw new Unavailable(`${path} is no folder of the file store`);
  return path;
}

/** Writes what is renamed or made in a folder down to the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Writes all of it, piece by piece, down to the disk. */
async function write(
  file: FileHandle,
  content: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of content) {
    size += piece.length;
    if (size > mostBytes) throw new TooLarge(mostBytes);
    hash.update(piece);
    for (let from = 0; from < piece.length; ) from += (await file.write(piece, from)).bytesWritten;
  }
  await file.sync();
  return { size, sha256: hash.digest() };
}

/** A folder on a disk; several processes may share it. Files are named by their keys, in folders by the keys' ends. */
class DiskStore implements FileStore {
  constructor(private readonly root: string) {}

  /** By the key's end, which is random: ids that follow each other begin alike. */
  private folderOf(key: string): string {
    if (!KEY.test(key)) throw new Error('this is no key of a file');
    return join(this.root, key.slice(-2));
  }

  put(key: string, content: AsyncIterable<Uint8Array>, mostBytes: number): Promise<StoredFile> {
    return orAway(async () => {
      const folder = await folderAt(this.folderOf(key));
      const underWay = await folderAt(join(this.root, UNDER_WAY));
      const half = join(underWay, `${key}.${randomBytes(8).toString('hex')}`);
      try {
        const file = await open(half, 'wx', 0o600);
        let stored: StoredFile;
        try {
          stored = await write(file, content, mostBytes);
        } finally {
          await file.close();
        }
        await rename(half, join(folder, key));
        await syncFolder(folder);
        return stored;
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    });
  }

  get(key: string) {
    return orAway(async () => {
      const file = await this.opened(key);
      return file?.createReadStream() ?? null;
    });
  }

  async exists(key: string): Promise<boolean> {
    const file = await orAway(() => this.opened(key));
    await file?.close();
    return file !== null;
  }

  remove(key: string): Promise<void> {
    return orAway(async () => {
      await rm(join(this.folderOf(key), key), { force: true });
      const underWay = await folderAt(join(this.root, UNDER_WAY));
      for (const name of await readdir(underWay)) {
        if (name.startsWith(`${key}.`)) await rm(join(underWay, name), { force: true });
      }
    });
  }

  /** The file itself: what a link leads to is not ours. */
  private async opened(key: string): Promise<FileHandle | null> {
    let file: FileHandle;
    try {
      const folder = this.folderOf(key);
      if (!(await lstat(folder)).isDirectory()) return null;
      file = await open(join(folder, key), constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ELOOP') return null;
      throw error;
    }
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return null;
  }
}

/**
 * Files in a folder, which is made where it is missing.
 * @throws Unavailable where it cannot be
 */
export const diskStore = (folder: string): Promise<FileStore> =>
  orAway(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new DiskStore(await realpath(folder));
  });
