// The words of the console's pages.
import type { ConsoleTexts } from '../../../text/console/console-texts.ts'
import { wordOf } from '../../frame/web/words.ts'

type Groups = ConsoleTexts['browser']

type Word = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups]

/** A sentence of this page with its {blanks} filled in. */
export const word: (name: Word, blanks?: Readonly<Record<string, string | number>>) => string =
  wordOf
