// Disks that are full, made without touching a real one.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const megabyte = 1 << 20

/** A file system of its own takes root and Linux. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0

export interface SmallDisk {
  readonly folder: string
  fill(): Promise<void>
  free(): Promise<void>
  remove(): Promise<void>
}

/** A file system in memory of so many megabytes, open to every user. */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  // Every user looks into /tmp, PostgreSQL's too; into the folder of a test run only who runs it.
  const folder = await mkdtemp('/tmp/sekisho-disk-')
  const options = `size=${megabytes}m,mode=1777`
  await run('mount', ['-t', 'tmpfs', '-o', options, 'sekisho-test', folder])
  const ballast = join(folder, 'ballast')
  const put = (bytes: number) =>
    writeFile(ballast, Buffer.alloc(bytes), { flag: 'a' }).then(
      () => true,
      () => false,
    )
  return {
    folder,
    async fill() {
      // In ever smaller pieces, so that the last free page is taken too.
      for (let size = 8 * megabyte; size >= 4096; size >>= 1) while (await put(size));
    },
    free: () => rm(ballast),
    async remove() {
      await run('umount', [folder])
      await rm(folder, { recursive: true })
    },
  }
}

/** Words before a command whose files may not grow beyond so many kilobytes (POSIX `ulimit -f`). */
export function withFilesUpTo(kilobytes: number): readonly string[] {
  return ['sh', '-c', `ulimit -f ${2 * kilobytes} && exec "$@"`, 'sh']
}
