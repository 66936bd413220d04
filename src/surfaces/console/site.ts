import type { Config } from '../../settings/config.ts'
import { makeSite, type Site } from '../frame/site.ts'

/** The first word of the names of the console's cookies, which are none of the customers'. */
const cookiePrefix = 'sekisho_console'

/** Where operators sign in: an origin and a relying party of its own (rule 36). */
export function consoleSite(config: Config): Site {
  const { origin, rpId } = config.console
  return makeSite({ ...config, origin, rpId, cookiePrefix, readers: 'operators', help: null })
}
