// Where a limit is typed although it stands in src/limits/, as functions over files, so that the
// test can show that each of them finds its fault.
import type { MarkdownFile } from './documents.ts'

interface File {
  readonly path: string
  readonly text: string
}

const digits = '[\\d０-９]+(?:[.,]\\d+)*'
const spelled =
  '[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Tt]welve|[Ff]ifteen|' +
  '[Ss]ixteen|[Tt]wenty|[Tt]hirty|[Ss]ixty|[Hh]undred'
const units =
  'seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|tries|characters|codes|min|sec|KiB'
/** "10 minutes", "ten minutes", 「10分」, and with what stands between a number and what it counts. */
const counted = new RegExp(
  `(?<![\\w-])(?:${digits}|${spelled})[ -]?(?:(?:${units})\\b|(?:(?:wrong|live|unused|more) )?` +
    `(?:passkeys|passwords|codes|tries|connections|places)\\b|秒|分|時間|日|か月|年|回|文字|個|件)`,
  'g',
)
/** Documents say "an hour" too. */
const single = /\b[Aa]n? (?:minute|hour|day|year)\b/g

/** Numbers of limits in what people read, outside of what is filled in, and but for these. */
export function typedLimits(files: readonly File[], allowed: readonly string[]): string[] {
  return files.flatMap(
    ({ path, text }) =>
      without(withoutComments(text), allowed)
        .match(counted)
        ?.map((found) => `${path} types ${found}`) ?? [],
  )
}

/** Lengths of time in the code that are said where they are used, be it as `10 * minutes` or worked out. */
export function typedLengths(files: readonly File[]): string[] {
  const length =
    /\b\d[\d_]* \* (?:seconds|minutes|hours|days)\b|[*/%] (?:60|1000|3600|86_?400)\b|\b\d+_000\b/g
  return files.flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(length)].map(([found]) => `${path} has ${found}`),
  )
}

/** How long or how many something may be, said where it is read or typed: `.max(254)`, `most: 60`, `maxlength="8"`. */
export function typedSizes(files: readonly File[]): string[] {
  const size = /(?<!Math)\.max\(\d[\d_]*\)|\bmost: \d[\d_]*\b|\bmaxlength="\d+"/g
  return files.flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(size)].map(([found]) => `${path} has ${found}`),
  )
}

/** Numbers of limits in a document's prose that none of these sentences accounts for. */
export function unaccounted(
  { path, text }: MarkdownFile,
  said: readonly (string | RegExp)[],
): string[] {
  // Code, and what a link is called by, most often the title of a test, are no prose.
  const prose = without(text, said)
    .replace(/^```[^]*?^```/gm, '')
    .replace(/\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/`[^`\n]*`/g, '')
  return [counted, single].flatMap((pattern) =>
    [...prose.matchAll(pattern)].map(([found]) => `${path} types ${found}`),
  )
}

/** The text with these parts dotted out; they may overlap. */
function without(text: string, parts: readonly (string | RegExp)[]): string {
  return parts.reduce<string>((rest, part) => {
    const found = typeof part === 'string' ? part : (part.exec(text)?.[0] ?? '')
    const at = text.indexOf(found)
    if (at < 0) return rest
    return rest.slice(0, at) + '…'.repeat(found.length) + rest.slice(at + found.length)
  }, text)
}

function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*\*?\s[^]*?\*\/|(?<=^|\s)\/\/ .*/gm, '')
}
