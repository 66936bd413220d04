// The console's two catalogues, for the people of the support desk. Japanese is written first.
import type { Language } from '../../kernel/http/language.ts'
import type { Widen } from '../texts.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

export type ConsoleTexts = Widen<typeof ja>

export const consoleTexts: Readonly<Record<Language, ConsoleTexts>> = { ja, en }
