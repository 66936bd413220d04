// The code that is measured: this checkout, and the one that it is compared with.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Checkout {
  /** What the tables call it. */
  readonly label: string
  readonly folder: string
}

const own = join(import.meta.dirname, '..')

/** The checkout in a folder, by default this one; with uncommitted changes its label ends with a plus. */
export function checkoutAt(folder = own): Checkout {
  const place = realpathSync(folder)
  if (!existsSync(join(place, 'src/main.ts')))
    throw new Error(`${folder} is no checkout of Sekisho`)
  const changes = git(place, 'status', '--porcelain', '--untracked-files=no')
  const commit = git(place, 'rev-parse', '--short', 'HEAD')
  return { label: changes === '' ? commit : `${commit}+`, folder: place }
}

/**
 * The checkout of a commit in a temporary folder, built, with our packages; `defer` gets what removes it.
 * A folder is taken as it is. Throws when the commit wants other packages than ours.
 */
export function checkoutOf(reference: string, defer: (remove: () => void) => void): Checkout {
  if (existsSync(reference)) return checkoutAt(reference)
  const commit = git(own, 'rev-parse', '--verify', '--quiet', `${reference}^{commit}`)
  if (commit === '') throw new Error(`--compare: there is no commit and no folder ${reference}`)
  const lock = git(own, 'show', `${commit}:package-lock.json`)
  if (lock !== readFileSync(join(own, 'package-lock.json'), 'utf8').trim()) {
    const how = 'check it out, run npm ci there and give its folder'
    throw new Error(`--compare: ${reference} has other packages than this checkout; ${how}`)
  }
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-bench-'))
  defer(() => {
    git(own, 'worktree', 'remove', '--force', folder)
    rmSync(folder, { recursive: true, force: true })
  })
  git(own, 'worktree', 'add', '--detach', folder, commit)
  symlinkSync(join(own, 'node_modules'), join(folder, 'node_modules'))
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'ignore' })
  return checkoutAt(folder)
}

function git(cwd: string, ...words: string[]): string {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const
    return execFileSync('git', words, { cwd, encoding: 'utf8', stdio: [...stdio] }).trim()
  } catch {
    return ''
  }
}
