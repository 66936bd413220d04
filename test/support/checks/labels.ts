// Labels of the screen that documents name in 「」, as functions, so that the test can show that each finds its fault.
import type { MarkdownFile } from './documents.ts'

/** The texts of a catalogue that stand alone on the screen; those that are filled in are no labels. */
export function labelsOf(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts]
  if (typeof texts !== 'object' || texts === null) return []
  return Object.values(texts).flatMap(labelsOf)
}

/** What a document has in 「」, but for sentences to say aloud (`>`) and the calls' own headings, which callers say. */
export function quotedIn({ text }: MarkdownFile): string[] {
  const lines = text.split('\n').filter((line) => !/^(?:>|### \d)/.test(line))
  return lines.flatMap((line) => [...line.matchAll(/「([^」]+)」/g)].map(([, label = '']) => label))
}

/** What a document names in 「」 and no screen shows. */
export function unknownLabels(file: MarkdownFile, known: ReadonlySet<string>): string[] {
  return quotedIn(file)
    .filter((label) => !known.has(label))
    .map((label) => `${file.path}: no screen shows 「${label}」`)
}
