import type { Device } from '../../../../kernel/http/user-agent.ts'
import type { PageContext } from '../../../frame/page.ts'

/** A browser and its system in words; null where neither is known. */
export function deviceWords(
  words: PageContext['texts']['portal'],
  { browser, system }: Device,
): string | null {
  return browser && system ? words.device(browser, system) : (browser ?? system)
}
