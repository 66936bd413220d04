// The accessible trees of the steps as they were when a person last read the manual against them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../src/kernel/http/language.ts'

const folder = (language: Language) => join(import.meta.dirname, 'written-for', language)
const file = (language: Language, id: string) => join(folder(language), `${id}.yml`)

/** The tree that a step was written for; empty when it is new. */
export function writtenFor(language: Language, id: string): string {
  const path = file(language, id)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** The steps that trees are kept of. */
export function writtenSteps(language: Language): string[] {
  return readdirSync(folder(language)).map((name) => name.replace(/\.yml$/, ''))
}

/** Keeps these trees and no others. */
export function acceptTrees(language: Language, trees: ReadonlyMap<string, string>): void {
  rmSync(folder(language), { recursive: true, force: true })
  mkdirSync(folder(language), { recursive: true })
  for (const [id, tree] of trees) writeFileSync(file(language, id), tree)
}
