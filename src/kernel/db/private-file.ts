// Files with password hashes and addresses in them: who may read them, and that they are on disk.
import { chownSync, closeSync, fsyncSync, openSync, statSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'

/** Makes an empty file that only its owner may open, from its first moment on; false when the name is taken. */
export function makePrivate(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', 0o600))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Gives a file the owner of another one: what root puts back is not root's. */
export function ownAlike(path: string, other: string): void {
  const [own, theirs] = [statSync(path), statSync(other)]
  if (own.uid !== theirs.uid || own.gid !== theirs.gid) chownSync(path, theirs.uid, theirs.gid)
}

/** Returns when a file, or the names in a folder, would outlive a loss of power. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Returns when the text is on disk, at the end of a file that is made for its owner alone. */
export async function appendPrivately(path: string, text: string): Promise<void> {
  await appendFile(path, text, { mode: 0o600, flush: true })
}
