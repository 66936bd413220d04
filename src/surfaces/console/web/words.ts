// The words of the console's pages.
import type { ConsoleTexts } from '../../../text/console/console-texts.ts'
import { wordOf } from '../../frame/web/words.ts'

type Groups = ConsoleTexts['browser']

type Word = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups]

/** Several words as one: 「方法、時刻」, "How and When". */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(document.documentElement.lang).format(names)
}

/** A sentence of this page with its {blanks} filled in. */
export const word: (name: Word, blanks?: Readonly<Record<string, string | number>>) => string =
  wordOf
