import { formatTime } from '../../../kernel/time.ts'
import { inWords } from '../../../text/in-words.ts'
import type { PageContext } from '../../frame/page.ts'
import type { SurfaceDeps } from '../../frame/site.ts'

/** The length and the end of a hold that would begin now. */
export function sayHoldAhead(
  { config, now }: SurfaceDeps,
  { texts, language, timeZone, holdWords }: PageContext,
): string {
  const { holdMilliseconds: length } = config
  return texts.hold[holdWords].ahead(
    inWords(length, language),
    formatTime(now() + length, timeZone),
  )
}
