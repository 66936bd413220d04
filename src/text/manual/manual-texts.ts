// The manual's two catalogues. A step without its words, in either language, does not compile.
import type { Language } from '../../kernel/http/language.ts'
import type { Widen } from '../texts.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

export type ManualTexts = Widen<typeof ja>

export const manualTexts: Readonly<Record<Language, ManualTexts>> = { ja, en }
