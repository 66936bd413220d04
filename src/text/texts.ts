// The two catalogues. Japanese is written first; English must have every key, or it does not compile.
import type { Language } from '../kernel/http/language.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** The shape of a catalogue: the Japanese one with its exact words widened to strings. */
export type Texts = Widen<typeof ja>

export const texts: Readonly<Record<Language, Texts>> = { ja, en }

/** Words in both languages. */
export type Both = Readonly<Record<Language, string>>

/** For who reads either language. */
export function inBoth({ ja: first, en: second }: Both): string {
  return `${first} / ${second}`
}

/** A catalogue's shape, which each language fills with its own words. */
export type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => unknown
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> }
