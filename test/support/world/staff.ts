// System users beside root: the one that a node runs as, a colleague in its group, and a stranger. They are
// accounts that every system has; docs/operate.md calls the first `sekisho`.
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../../src/settings/environment.ts'
import { snippetsOf } from '../../docs/snippets.ts'
import type { CommandResult } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** The node's user, whose group a colleague is in too. */
export const nodeUser = 'daemon'
export const colleague = 'nobody'
const stranger = 'bin'

const groupsOf = { [nodeUser]: [nodeUser], [colleague]: [nodeUser], [stranger]: [stranger] }

export type StaffUser = keyof typeof groupsOf

/** Why system users cannot be tried here; false when they can. */
export const withoutStaff =
  (process.platform !== 'linux' && 'system users are tried on Linux') ||
  (process.getuid?.() !== 0 && 'only root can act as several system users') ||
  (spawnSync('setpriv', ['--version']).status !== 0 && 'setpriv (util-linux) is not installed')

export function idOf(name: string, which: 'user' | 'group' = 'user'): number {
  return Number(execFileSync('id', [`--${which}`, name], { encoding: 'utf8' }))
}

/** Words before a command that make it this user's. */
export function as(user: StaffUser): readonly string[] {
  const groups = groupsOf[user].map((name) => idOf(name, 'group')).join()
  const own = user === colleague ? idOf(colleague, 'group') : groups
  return ['setpriv', `--reuid=${idOf(user)}`, `--regid=${own}`, `--groups=${groups}`]
}

/** A folder that every system user may look into, and in it the path of a `data` that is not there yet. */
export function placeForData() {
  // The one of the test run is for whoever runs it.
  const folder = mkdtempSync('/tmp/sekisho-staff-')
  chmodSync(folder, 0o755)
  return { folder, data: join(folder, 'data') }
}

/** `npm run sekisho -- …` in a process of this user, to whom a new file is hers alone. */
export function runAs(
  user: StaffUser,
  words: readonly string[],
  env: Environment,
): Promise<CommandResult> {
  const [program = '', ...before] = as(user)
  const script = 'umask 077; exec "$0" "$@"'
  const command = ['sh', '-c', script, process.execPath, join(root, 'src', 'main.ts'), ...words]
  return new Promise((resolve) => {
    execFile(
      program,
      [...before, ...command],
      { cwd: '/', env: { PATH: process.env['PATH'], ...env } },
      (error, output, errors) => resolve({ status: Number(error?.code ?? 0), output, errors }),
    )
  })
}

/** Runs the lines with which docs/operate.md opens a folder to the group, on this one. */
export function shareAsDocumented(data: string): void {
  const guide = readFileSync(join(root, 'docs', 'operate.md'), 'utf8')
  const [found, ...more] = snippetsOf(guide).filter(({ text }) => /^chown -R sekisho/.test(text))
  if (!found || more.length > 0) throw new Error('the guide has not one such block')
  const script = found.text.replaceAll('sekisho', nodeUser).replaceAll(/\bdata\b/g, data)
  execFileSync('sh', ['-euc', script])
}
