// What no file may have in its text, as functions over files.
import type { SourceFile } from './boundaries.ts'

/** A file that grew too long wants to be two. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 300)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

// Prose may say "as any other": only what TypeScript would read as a type counts.
const anyType = /(?:[:|&<]|\bas) ?\bany\b(?! (?!as\b)[a-z])|, any\b>/
const enumeration = /^\s*(?:export )?(?:declare )?(?:const )?enum \w/m
// Written so that this file does not find itself.
const unfinished = new RegExp(`\\b(?:${['TO', 'FIX'].join('DO|')}ME)\\b`)

/** Nothing untyped, nothing left for later, no enum. */
export function badWords(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [anyType, enumeration, unfinished].flatMap((pattern) => {
      const found = pattern.exec(text)
      return found ? [`${path}: ${found[0].trim()}`] : []
    }),
  )
}

/** No file tells where somebody's machine keeps it: neither a home directory nor `root`. */
export function machinePaths(files: readonly SourceFile[], root: string): string[] {
  const home = /(?<![\w.~-])\/(?:home|Users|root)\/[\w.-]+|[A-Z]:\\Users\\/
  const isTelling = root.split('/').length > 2
  return files.flatMap(({ path, text }) => {
    const found = home.exec(text)?.[0] ?? (isTelling && text.includes(root) ? root : undefined)
    return found === undefined ? [] : [`${path} names ${found}`]
  })
}
