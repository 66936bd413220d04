// The page's words: the server writes them into <main data-words>, in the page's language.
import type { Texts } from '../../../text/texts.ts'

type Groups = Texts['browser']
type DeviceWord = keyof Texts['devices']

export type Word = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups] | DeviceWord

const main = document.querySelector('main')
const words = JSON.parse(main?.dataset['words'] ?? '{}') as Partial<Record<Word, string>>

/** A sentence of this page with its {blanks} filled in. */
export function word(name: Word, blanks: Readonly<Record<string, string | number>> = {}): string {
  return (words[name] ?? '').replace(/\{(\w+)\}/g, (_, blank: string) =>
    String(blanks[blank] ?? ''),
  )
}
