// What a document may get wrong, as functions, so that the test can show that each finds its fault.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path/posix'

export interface MarkdownFile {
  /** From the root of the project. */
  readonly path: string
  readonly text: string
}

/** Links to files of the project that are not there, or to headings that they do not have. */
export function deadLinks(file: MarkdownFile, root: string): string[] {
  return linksOf(file.text).flatMap((link) => {
    if (/^[a-z]+:/i.test(link)) return []
    const [target = '', heading] = decodeURI(link).split('#')
    const path = target === '' ? file.path : normalize(join(dirname(file.path), target))
    const isThere = target === '' || (!path.startsWith('..') && existsSync(join(root, path)))
    if (!isThere) return [`${file.path}: ${link} is not there`]
    if (heading === undefined || !path.endsWith('.md')) return []
    const text = target === '' ? file.text : readFileSync(join(root, path), 'utf8')
    return anchorsOf(text).includes(heading) ? [] : [`${file.path}: ${link} has no such heading`]
  })
}

interface Commands {
  /** The names of the scripts in package.json. */
  readonly scripts: readonly string[]
  /** The names that `npm run sekisho --` takes, such as `accounts add`. */
  readonly commands: readonly string[]
}

/** Commands in code that would not run: unknown npm scripts, and unknown words after `sekisho --`. */
export function unknownCommands({ path, text }: MarkdownFile, known: Commands): string[] {
  const code = codeOf(text)
  const unknown = [...code.matchAll(/\bnpm (?:(start|test)\b|run ([\w:-]+))/g)]
    .map(([, short, name]) => short ?? name ?? '')
    .filter((name) => !known.scripts.includes(name))
    .map((name) => `${path}: there is no script ${name}`)
  // One word, or two: `serve`, `accounts add`. Several may share the first: `accounts show|unlock`.
  const spoken = [...code.matchAll(/\bsekisho -- ([a-z-]+)(?: ([a-z|-]+))?/g)].flatMap(
    ([, first = '', second = '']) =>
      known.commands.includes(first) ? [] : second.split('|').map((word) => `${first} ${word}`),
  )
  return [
    ...unknown,
    ...spoken
      .filter((name) => !known.commands.includes(name.trim()))
      .map((name) => `${path}: there is no command ${name.trim()}`),
  ]
}

/** Names of settings that stand in none of the sources. */
export function unknownSettings({ path, text }: MarkdownFile, sources: string): string[] {
  const names = new Set(text.match(/\bSEKISHO_[A-Z_]*[A-Z]/g))
  return [...names]
    .filter((name) => !sources.includes(name.replace(/_FILE$/, '')))
    .map((name) => `${path}: there is no setting ${name}`)
}

function linksOf(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  const inline = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)]
  const elements = [...prose.matchAll(/\b(?:src|href)="([^"]+)"/g)]
  return [...inline, ...elements].map(([, link]) => link ?? '')
}

/** The names that headings get on the pages of a repository's host. */
function anchorsOf(text: string): string[] {
  const headings = text.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function codeOf(text: string): string {
  return [...text.matchAll(/^```[^]*?^```|`[^`\n]+`/gm)].map(([code]) => code).join('\n')
}
