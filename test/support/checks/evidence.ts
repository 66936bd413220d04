// What the documents on security may get wrong, as functions, so that the test can show that each
// finds its fault.
import { dirname, join, normalize } from 'node:path/posix'
import { nameOf, type Requirement } from '../../../scripts/asvs.ts'
import type { MarkdownFile } from './documents.ts'

/** The text of a file, by its path from the root; undefined when it is not there. */
export type ReadFile = (path: string) => string | undefined

/** The titles of the tests in a file; what a title puts in at run time is `…`. */
export function titlesOf(source: string): string[] {
  const calls = source.matchAll(/\btest\(\s*(?:'((?:\\.|[^'\\])*)'|"([^"]*)"|`((?:\\.|[^`\\])*)`)/g)
  return [...calls].map(([, single, double, template]) =>
    (single ?? double ?? template?.replace(/\$\{[^}]*\}/g, '…') ?? '').replace(/\\(.)/g, '$1'),
  )
}

/** Entries that name a file or a test that is not there, or that leave out why. */
export function falseEvidence(entries: readonly Requirement[], read: ReadFile): string[] {
  return entries.flatMap((entry) => {
    const name = nameOf(entry)
    const unexplained = entry.status !== 'met' && entry.note === undefined
    return [
      ...(unexplained ? [`${name} is ${entry.status} and does not say why`] : []),
      ...entry.where.flatMap((where) => {
        const [file = '', title] = where.split(' › ')
        return missing(file, title, read).map((what) => `${name}: ${what}`)
      }),
    ]
  })
}

/** Ids that are asked for and not answered, answered and not asked for, or answered twice. */
export function badIds(entries: readonly Requirement[], asked: readonly string[]): string[] {
  const names = entries.map(nameOf)
  return [
    ...asked.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
    ...names.filter((name) => !asked.includes(name)).map((name) => `${name} is not on the list`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${name} stands there twice`),
  ]
}

/** One way in which a rule was broken on purpose, and the test that failed: `file › title`. */
export interface Mutation {
  readonly rule: number | string
  readonly broken: string
  readonly seen: string
}

/** Mutations of no rule, rules without any, and mutations seen by tests that are not there. */
export function falseMutations(
  mutations: readonly Mutation[],
  rules: readonly (number | string)[],
  read: ReadFile,
): string[] {
  const named = new Set(mutations.map(({ rule }) => rule))
  return [
    ...rules.filter((rule) => !named.has(rule)).map((rule) => `rule ${rule} was never broken`),
    ...[...named].filter((rule) => !rules.includes(rule)).map((rule) => `${rule} is no rule`),
    ...mutations.flatMap(({ broken, seen }) => {
      const [file = '', title = ''] = seen.split(' › ')
      return missing(file, title, read).map((what) => `${broken}: ${what}`)
    }),
  ]
}

/** The rules that a document says, by the numbers of their headings. */
export function rulesOf(text: string): number[] {
  return [...text.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number))
}

/** Links of a document to test files whose text is neither a title in them nor their path. */
export function falseTestLinks({ path, text }: MarkdownFile, read: ReadFile): string[] {
  return [...text.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)].flatMap(
    ([, title = '', target = '']) => {
      const file = normalize(join(dirname(path), target))
      const named = title === file ? undefined : title
      return missing(file, named, read).map((what) => `${path}: ${what}`)
    },
  )
}

function missing(file: string, title: string | undefined, read: ReadFile): string[] {
  const source = read(file)
  if (source === undefined) return [`${file} is not there`]
  if (title === undefined || titlesOf(source).includes(title)) return []
  return [`${file} has no test “${title}”`]
}
