// The rules of the layout as functions over files, so that the test can show each of them fail.
import { dirname, join } from 'node:path/posix'

export interface SourceFile {
  /** From the root of the project, with `/`. */
  readonly path: string
  readonly text: string
}

/** From the top down: a file imports from its own floor and from those below. */
export const floors = {
  composition: ['main.ts', 'commands.ts', 'node', 'surfaces/cli', 'surfaces/demo'],
  surfaces: [
    'surfaces/customer',
    'surfaces/console',
    'surfaces/oidc',
    'surfaces/operations-listener',
    'surfaces/telephone',
    'surfaces/parts',
    'surfaces/frame',
  ],
  operations: ['operations'],
  domain: ['domain'],
  words: ['text', 'settings', 'limits'],
  kernel: ['kernel'],
} as const

type Floor = keyof typeof floors

const order: readonly string[] = Object.keys(floors)

interface Import {
  readonly from: SourceFile
  /** The imported file from the root, or the name of a package. */
  readonly to: string
  readonly isRelative: boolean
  readonly isTypeOnly: boolean
  /** What is between `import` and `from`; empty when the file is loaded by a call. */
  readonly clause: string
}

/** Every file of src/ stands on a floor of the design. */
export function strangers(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => isServerFile(path) && !isTest(path) && floorOf(path) === undefined)
    .map(({ path }) => `${path} stands on no floor`)
}

/** Imports only go down, and src/ knows nothing of test/. */
export function upwardImports(files: readonly SourceFile[]): string[] {
  return relativeImports(files, ({ path }) => isServerFile(path)).flatMap(({ from, to }) => {
    const [own, other] = [floorOf(from.path), floorOf(to)]
    if (!to.startsWith('src/')) {
      return isTest(from.path) ? [] : [`${from.path} imports ${to}, which is not of the product`]
    }
    if (order.indexOf(other ?? '') >= order.indexOf(own ?? '')) return []
    return [`${from.path} (${own}) imports ${to} (${other})`]
  })
}

/**
 * The customer's surface mounts OpenID Connect and says on its pages which application asks. Otherwise
 * surfaces do not know each other, nor does what they share know any of them.
 */
export function knownNeighbours(files: readonly SourceFile[]): string[] {
  const surfaceOf = (path: string) =>
    /^src\/surfaces\/(customer|console|oidc|operations-listener|telephone|parts|frame)\//.exec(
      path,
    )?.[1]
  return relativeImports(files, ({ path }) => !isTest(path)).flatMap(({ from, to }) => {
    const [own, other] = [surfaceOf(from.path), surfaceOf(to)]
    if (!own || own === other) return []
    if (own === 'customer' && other !== 'console') return []
    if (other !== 'customer' && other !== 'console' && other !== 'oidc') return []
    return [`${from.path} imports ${to} of another surface`]
  })
}

const mailWords = ['src/text/mails.ts', 'src/text/operator-mails.ts', 'src/text/login-id-mail.ts']

/** Operations and domain say nothing to people but mails, and see no request. Types may be those of words. */
export function strayWords(files: readonly SourceFile[]): string[] {
  const inside = files.filter(
    ({ path }) => ['operations', 'domain'].includes(floorOf(path) ?? '') && !isTest(path),
  )
  return importsOf(inside)
    .filter(({ to, isTypeOnly }) => to.startsWith('src/text/') && !isTypeOnly)
    .filter(({ from, to }) => !mailWords.includes(to) || floorOf(from.path) !== 'domain')
    .concat(importsOf(inside).filter(({ to }) => /^(?:@?hono|node:http)\b/.test(to)))
    .map(({ from, to }) => `${from.path} imports ${to}`)
}

/** A table is written by one file of src/, beside the migrations. */
export function sharedTables(files: readonly SourceFile[]): string[] {
  const writing =
    /(?:\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'|\b(?:insert into|update|delete from) (?=\w+\s))(\w+)/g
  const writers = new Map<string, Set<string>>()
  for (const { path, text } of files) {
    if (!isServerFile(path) || isTest(path) || path.includes('/migrations/')) continue
    for (const [, table = ''] of text.matchAll(writing)) {
      writers.set(table, (writers.get(table) ?? new Set()).add(path))
    }
  }
  return [...writers]
    .filter(([, paths]) => paths.size > 1)
    .map(([table, paths]) => `${table} is written by ${[...paths].join(' and ')}`)
}

/** SQL is said in the domain; above it, a name says what the statement is for. */
export function straySql(files: readonly SourceFile[]): string[] {
  const statement = /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql`/
  return files
    .filter(({ path }) => isServerFile(path) && !isTest(path))
    .filter(({ path }) => !['domain', 'kernel'].includes(floorOf(path) ?? ''))
    .filter(({ text }) => statement.test(text))
    .map(({ path }) => `${path} has SQL`)
}

/**
 * Only `transact` begins a transaction, only operations begin an act, and inside of one there is nothing
 * of what the act has itself: no other database, clock or key, and no `deps` as a whole, which has them.
 */
export function strayActs(files: readonly SourceFile[]): string[] {
  const asked = files.filter(({ path }) => isServerFile(path) && !isTest(path))
  const begun = asked
    .filter(({ path }) => !opensTransactions.includes(path))
    .filter(({ text }) => /\.transaction\(\)|\.startTransaction\(/.test(text))
    .map(({ path }) => `${path} begins a transaction of its own`)
  const elsewhere = asked
    .filter(({ path }) => floorOf(path) !== 'operations')
    .filter(({ text }) => /(?<!function )\btransact\(/.test(text))
    .map(({ path }) => `${path} begins an act`)
  const inside = asked.flatMap(({ path, text }) =>
    callsOf('transact', text)
      .filter((call) => /\bdb\b|\bdeps\b(?!\.)|\bdeps\.(?:now|keys|config|wakeSender)\b/.test(call))
      .map(() => `${path} reaches beyond its act`),
  )
  return [...begun, ...elsewhere, ...inside]
}

const opensTransactions = [
  'src/domain/act.ts',
  'src/domain/tables/database.ts',
  'src/domain/tables/schema.ts',
]

/** What stands behind the second comma of each call, to its closing parenthesis. */
function callsOf(name: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`(?<!function )\\b${name}(?:<[^>]*>)?\\(`, 'g'))].map(
    (found) => {
      const start = found.index + found[0].length
      let depth = 1
      let end = start
      for (; depth > 0 && end < text.length; end += 1) {
        if (text[end] === '(') depth += 1
        if (text[end] === ')') depth -= 1
      }
      return text.slice(start, end).replace(/^[^,]*,/, '')
    },
  )
}

/** Browser scripts stand alone: they share types with the server, and nothing that runs. */
export function webImports(files: readonly SourceFile[]): string[] {
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

/** No file imports itself round about, and no folder does; types count. The catalogues may. */
export function rings(files: readonly SourceFile[]): string[] {
  const inside = files.filter(({ path }) => path.startsWith('src/') && !isTest(path))
  const isCatalogue = (path: string) => path.startsWith('src/text/')
  const arrows = relativeImports(inside)
    .filter(({ from, to }) => to.startsWith('src/') && !(isCatalogue(from.path) && isCatalogue(to)))
    .map(({ from, to }) => [from.path, to] as const)
  const between = arrows
    .map(([from, to]) => [dirname(from), dirname(to)] as const)
    .filter(([from, to]) => from !== to)
  return [...ringsOf(arrows), ...ringsOf(between)]
}

/** A ring for each that closes, told from its first name; none only where there is none. */
function ringsOf(arrows: readonly (readonly [string, string])[]): string[] {
  const edges = new Map<string, Set<string>>()
  for (const [from, to] of arrows) edges.set(from, (edges.get(from) ?? new Set()).add(to))
  const found: string[] = []
  const done = new Set<string>()
  const follow = (name: string, way: readonly string[]): void => {
    if (way.includes(name)) {
      const ring = way.slice(way.indexOf(name))
      const first = ring.indexOf(ring.toSorted()[0] ?? '')
      const turned = [...ring.slice(first), ...ring.slice(0, first)]
      found.push([...turned, turned[0]].join(' → '))
      return
    }
    if (done.has(name)) return
    for (const next of edges.get(name) ?? []) follow(next, [...way, name])
    done.add(name)
  }
  for (const name of edges.keys()) follow(name, [])
  return [...new Set(found)]
}

/** What src/ exports is imported somewhere, by more than tests but for the seams; the rest is its file's own, or dead. */
export function unusedExports(
  files: readonly SourceFile[],
  seams: ReadonlySet<string> = new Set(),
): string[] {
  const statement = /^export (?:async )?(function|const|class|interface|type) (\w+)/gm
  const importers = Map.groupBy(relativeImports(files), ({ to }) => to)
  const complaint = (path: string, kind: string, name: string) => {
    const users = importers.get(path)?.filter((one) => imports(one, name)) ?? []
    if (users.length === 0) return 'which nobody imports'
    // A test names the types of what it calls.
    if (kind === 'type' || kind === 'interface') return null
    const isForTests = users.every(({ from }) => from.path.startsWith('test/') || isTest(from.path))
    if (isForTests === seams.has(`${path} ${name}`)) return null
    return isForTests ? 'which only tests import' : 'which is no seam for tests'
  }
  return files
    .filter(({ path }) => path.startsWith('src/') && !isTest(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(statement)].flatMap(([, kind = '', name = '']) => {
        const fault = complaint(path, kind, name)
        return fault === null ? [] : [`${path} exports ${name}, ${fault}`]
      }),
    )
}

/** By its name, as a member of the whole file, or with all that the file has. */
function imports({ clause, from: { text } }: Import, name: string): boolean {
  const [, file] = /\* as (\w+)/.exec(clause) ?? []
  if (file === undefined) {
    return !clause.includes('{') || new RegExp(`[{,]\\s*(?:type )?${name}\\b`).test(clause)
  }
  const member = `(?<![\\w.])${file}\\.${name}\\b`
  const asValue = `(?:[(,[=]\\s*|\\.\\.\\.)${file}\\s*[,;)\\]}\\n]`
  return new RegExp(`${member}|${asValue}`).test(text)
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
        return { from, to, isRelative, isTypeOnly: isTypeOnly(clause.trim()), clause }
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

function floorOf(path: string): Floor | undefined {
  const within = path.slice('src/'.length)
  return Object.entries(floors).flatMap(([floor, places]) =>
    places.some((place) => within === place || within.startsWith(`${place}/`))
      ? [floor as Floor]
      : [],
  )[0]
}

function isServerFile(path: string): boolean {
  return path.startsWith('src/') && !isWeb(path)
}

/** What runs in browsers: each surface's own scripts, and those that several have. */
function isWeb(path: string): boolean {
  return /^src\/surfaces\/(?:customer|console|frame)\/web\//.test(path)
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts')
}
