// A list of breached passwords, as it is published, that a test changes while nodes use it.
import { createHash } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const sha1 = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase()

/** Hashes of nothing that anybody types. */
const others = Array.from({ length: 2000 }, (_, number) => sha1(`not this one ${number}`))

export class BreachedList {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sekisho-breached-'))
  readonly path = join(this.#folder, 'breached.txt')

  constructor() {
    this.hold([])
  }

  /** Puts another list in place, which holds these passwords. */
  hold(passwords: readonly string[]): void {
    const lines = [...others, ...passwords.map(sha1)].sort().map((hash, at) => `${hash}:${at + 1}`)
    writeFileSync(`${this.path}.new`, `${lines.join('\r\n')}\r\n`)
    renameSync(`${this.path}.new`, this.path)
  }

  /** As when a disk has gone. */
  lose(): void {
    rmSync(this.path)
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
