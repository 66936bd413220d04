// The words of the customers' pages.
import type { Texts } from '../../../text/texts.ts'
import { wordOf } from '../../frame/web/words.ts'

type Groups = Texts['browser']
type DeviceWord = keyof Texts['devices']

export type Word = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups] | DeviceWord

/** A sentence of this page with its {blanks} filled in. */
export const word: (name: Word, blanks?: Readonly<Record<string, string | number>>) => string =
  wordOf
