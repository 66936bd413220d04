// The version before this one: the code of the commit before the newest migration, by the history of the
// repository, as an operator would still have it on other machines.
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Environment } from '../../../src/settings/environment.ts'
import type { CommandResult } from './terminal.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..', '..')
const migrations = 'src/domain/tables/migrations'

/** Why the former version is not to be had; false where it must be. */
export const withoutHistory = (() => {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--is-shallow-repository'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) return 'this is no clone of the repository, so it has no former version'
  return stdout.trim() === 'true' && 'a shallow clone has no history: git fetch --unshallow'
})()

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
}

/** The commit before the newest migration, and that migration's name. */
function newestMigration() {
  const [name = ''] = readdirSync(join(root, migrations))
    .filter((one) => /^\d{4}-/.test(one))
    .toSorted()
    .slice(-1)
  const file = `${migrations}/${name}`
  const added = git('log', '--diff-filter=A', '--format=%H', '-1', '--', file)
  // One that is not committed yet comes after all that is.
  return { name: name.replace('.ts', ''), before: added === '' ? 'HEAD' : `${added}^` }
}

export class FormerVersion {
  readonly commit: string
  /** The migration that it does not know. */
  readonly lacks: string
  readonly #folder: string

  private constructor(commit: string, lacks: string, folder: string) {
    this.commit = commit
    this.lacks = lacks
    this.#folder = folder
  }

  /** Its files, with the packages of this version, and what it builds for browsers. */
  static async unpack(): Promise<FormerVersion> {
    const { name, before } = newestMigration()
    const commit = git('rev-parse', '--short', before)
    const folder = await mkdtemp(join(tmpdir(), 'sekisho-former-'))
    execFileSync('sh', ['-euc', 'git archive "$0" | tar -x -C "$1"', commit, folder], { cwd: root })
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    await run(process.execPath, ['scripts/build.mjs'], { cwd: folder })
    return new FormerVersion(commit, name, folder)
  }

  /** Words before `src/main.ts` that make it the one of this version. */
  get within(): readonly string[] {
    return ['sh', '-c', 'cd "$0" && exec "$@"', this.#folder]
  }

  /** Its `npm run sekisho -- …`, in a process of its own. */
  async command(words: readonly string[], env: Environment, input = ''): Promise<CommandResult> {
    const command = run(process.execPath, ['src/main.ts', ...words], {
      cwd: this.#folder,
      env: { PATH: process.env['PATH'], ...env },
    })
    command.child.stdin?.end(input)
    return command.then(
      ({ stdout, stderr }) => ({ status: 0, output: stdout, errors: stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        status: error.code,
        output: error.stdout,
        errors: error.stderr,
      }),
    )
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true })
  }
}
