// The page's words: the server writes them into <main data-words>, in the page's language.
import type { SharedWords } from '../../../text/shared-words.ts'

export type SharedWord = keyof SharedWords

const main = document.querySelector('main')
const words = JSON.parse(main?.dataset['words'] ?? '{}') as Partial<Record<string, string>>

/** A sentence of this page with its {blanks} filled in. Each site names the words that its pages have. */
export function wordOf(
  name: string,
  blanks: Readonly<Record<string, string | number>> = {},
): string {
  return (words[name] ?? '').replace(/\{(\w+)\}/g, (_, blank: string) =>
    String(blanks[blank] ?? ''),
  )
}

/** A sentence that every site has. */
export const word: (
  name: SharedWord,
  blanks?: Readonly<Record<string, string | number>>,
) => string = wordOf
