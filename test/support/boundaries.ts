// The rules of the layout (the tiers, and what may import what) as functions over files, so that
// the test can show that each of them fails when it is broken.
import { join } from 'node:path/posix'

export interface SourceFile {
  /** From the root of the project, with `/`. */
  readonly path: string
  readonly text: string
}

/** From the top down: a file imports its own tier and those below. */
export const tiers = {
  composition: ['app.ts', 'main.ts', 'server.ts', 'sweeper.ts', 'commands', 'demo'],
  journeys: ['sign-in', 'portal', 'oidc', 'support', 'help', 'manual'],
  factors: [
    ...['accounts', 'password', 'email-codes', 'passkeys', 'second-factor', 'clients'],
    ...['sessions', 'throttle', 'notices', 'audit', 'announcements'],
  ],
  ground: ['ground', 'storage', 'mail', 'text', 'config.ts', 'settings.ts', 'deps.ts'],
} as const

type Tier = keyof typeof tiers

const order: readonly string[] = Object.keys(tiers)
const longestFile = 300

interface Import {
  readonly from: SourceFile
  /** The imported file from the root, or the name of a package. */
  readonly to: string
  readonly isRelative: boolean
  readonly isTypeOnly: boolean
}

/** Every file of src/ stands in a folder of the design. */
export function strangers(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => isServerFile(path) && !isTest(path) && tierOf(path) === undefined)
    .map(({ path }) => `${path} belongs to no tier`)
}

/** Imports only go down, journeys know nothing of each other, and src/ knows nothing of test/. */
export function upwardImports(files: readonly SourceFile[]): string[] {
  return relativeImports(files, ({ path }) => isServerFile(path)).flatMap(({ from, to }) => {
    const [own, other] = [tierOf(from.path), tierOf(to)]
    if (!to.startsWith('src/')) {
      return isTest(from.path) ? [] : [`${from.path} imports ${to}, which is not of the product`]
    }
    if (order.indexOf(other ?? '') < order.indexOf(own ?? '')) {
      return [`${from.path} (${own}) imports ${to} (${other})`]
    }
    if (own === 'journeys' && other === 'journeys' && folderOf(from.path) !== folderOf(to)) {
      return [`${from.path} imports ${to} of another journey`]
    }
    return []
  })
}

/** The SQL of a folder is nobody else's, the tests' neither. */
export function foreignStores(files: readonly SourceFile[]): string[] {
  return relativeImports(files)
    .filter(({ from, to }) => to.endsWith('/store.ts') && !isInFolderOf(to, from.path))
    .map(({ from, to }) => `${from.path} imports ${to}`)
}

/** Browser scripts stand alone: they share types with the server, and nothing that runs. */
export function webImports(files: readonly SourceFile[]): string[] {
  const isWeb = (path: string) => path.startsWith('src/web/')
  const inward = relativeImports(files, ({ path }) => isServerFile(path) && !isTest(path))
    .filter(({ to }) => isWeb(to))
    .map(({ from, to }) => `${from.path} imports ${to} of the browser`)
  const outward = importsOf(files.filter(({ path }) => isWeb(path) && !isTest(path)))
    .filter(({ to, isRelative, isTypeOnly }) =>
      isRelative ? !isWeb(to) && !isTypeOnly : to.startsWith('node:'),
    )
    .map(({ from, to }) => `${from.path} imports ${to}, which does not run in a browser`)
  return [...inward, ...outward]
}

/** No two folders of factors import each other, directly or round about. */
export function folderCycles(files: readonly SourceFile[]): string[] {
  const isFactor = (path: string) => tierOf(path) === 'factors'
  const edges = new Map<string, Set<string>>()
  for (const { from, to } of relativeImports(
    files,
    ({ path }) => isFactor(path) && !isTest(path),
  )) {
    if (!isFactor(to) || folderOf(from.path) === folderOf(to)) continue
    edges.set(folderOf(from.path), (edges.get(folderOf(from.path)) ?? new Set()).add(folderOf(to)))
  }
  const cycles: string[] = []
  const follow = (folder: string, way: readonly string[]): void => {
    if (way[0] === folder) cycles.push([...way, folder].join(' → '))
    if (way.includes(folder)) return
    for (const next of edges.get(folder) ?? []) follow(next, [...way, folder])
  }
  for (const folder of edges.keys()) follow(folder, [])
  // Each cycle is found once from each of its folders: the one from its first name is told.
  return cycles.filter((cycle) =>
    cycle.split(' → ').every((folder) => cycle.split(' ')[0]! <= folder),
  )
}

/** A file that grew too long wants to be two. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > longestFile)
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

function relativeImports(
  files: readonly SourceFile[],
  isAsked: (file: SourceFile) => boolean = () => true,
): Import[] {
  return importsOf(files.filter(isAsked)).filter(({ isRelative }) => isRelative)
}

function importsOf(files: readonly SourceFile[]): Import[] {
  const statement = /^[ \t]*(?:import|export)\b(?:([^'";]*?)\bfrom)?\s*'([^']+)'/gm
  const call = /\bimport\(()\s*'([^']+)'/g
  return files.flatMap((from) =>
    [statement, call].flatMap((pattern) =>
      [...from.text.matchAll(pattern)].map(([, clause = '', specifier = '']) => {
        const isRelative = specifier.startsWith('.')
        const to = isRelative ? join(from.path, '..', specifier) : specifier
        return { from, to, isRelative, isTypeOnly: isTypeOnly(clause.trim()) }
      }),
    ),
  )
}

/** `type …`, or braces in which every name has its own `type`. */
function isTypeOnly(clause: string): boolean {
  if (/^type\b/.test(clause)) return true
  const [, inside] = /^{([^}]*)}$/.exec(clause) ?? []
  const names = inside?.split(',').filter((name) => name.trim() !== '') ?? []
  return names.length > 0 && names.every((name) => /^\s*type\b/.test(name))
}

function tierOf(path: string): Tier | undefined {
  const first = folderOf(path)
  return Object.entries(tiers).flatMap(([tier, names]) =>
    names.some((name) => name === first) ? [tier as Tier] : [],
  )[0]
}

/** The folder below src/, or the file that stands there itself. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? ''
}

function isInFolderOf(store: string, path: string): boolean {
  return path.startsWith(join(store, '..', '/'))
}

function isServerFile(path: string): boolean {
  return path.startsWith('src/') && !path.startsWith('src/web/')
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts')
}
