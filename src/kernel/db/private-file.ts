// Files with password hashes and addresses in them: who may read them, and that they are on disk.
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fsyncSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

const append = constants.O_APPEND | constants.O_WRONLY | constants.O_NOFOLLOW
const [forOwner, forGroup] = [0o600, 0o660]
/** The group may write here, and all that is made here belongs to it. */
const groupWritesAndInherits = 0o2030

/** Whether the files of a folder are for its whole group; else each is for its owner alone. */
export function isShared(folder: string): boolean {
  return (statSync(folder).mode & groupWritesAndInherits) === groupWritesAndInherits
}

function modeIn(folder: string): number {
  return isShared(folder) ? forGroup : forOwner
}

/** Makes an empty file that nobody else may open, from its first moment on; false when the name is taken. */
export function makePrivate(path: string): boolean {
  try {
    const mode = modeIn(dirname(path))
    const file = openSync(path, 'wx', mode)
    // The process's umask takes the group's rights away.
    if (mode !== forOwner) fchmodSync(file, mode)
    closeSync(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Closes a file to those for whom its folder says it is not. Only its owner and root can: where another one
 * opens it, it stays as it is. Root follows no link: whoever may write in the folder could name any file.
 */
export function closeToOthers(path: string): void {
  if (isRoot() && lstatSync(path).isSymbolicLink()) return
  const { mode, uid } = statSync(path)
  const wanted = modeIn(dirname(path))
  if ((mode & 0o777) !== wanted && (isRoot() || uid === process.geteuid?.())) {
    chmodSync(path, wanted)
  }
}

/** Makes the folder of a private file where it is missing, for its owner alone. */
export function makeFolder(path: string): void {
  const made = mkdirSync(path, { recursive: true, mode: 0o700 })
  if (made === undefined) return
  const first = resolve(made)
  for (let one = resolve(path); one.length >= first.length; one = dirname(one)) {
    giveToOwnerOf(dirname(first), one)
  }
}

/** What root makes is another one's: root's commands leave nothing that the node's user cannot open. */
export function giveToOwnerOf(other: string, path: string): void {
  if (!isRoot()) return
  const { uid, gid } = statSync(other)
  lchownSync(path, uid, gid)
}

/** The owner of a file, or of the folder that it would be made in. */
export function ownerOf(path: string): number {
  let there = resolve(path)
  while (!existsSync(there)) there = dirname(there)
  return statSync(there).uid
}

export function isRoot(): boolean {
  return process.geteuid?.() === 0
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

/**
 * Returns when the text is on disk, at the end of a file that is made as private as its folder says. A link
 * in its place is an error: it could lead to any file.
 */
export async function appendPrivately(path: string, text: string): Promise<void> {
  if (makePrivate(path)) giveToOwnerOf(dirname(path), path)
  await appendFile(path, text, { flag: append, flush: true })
}
