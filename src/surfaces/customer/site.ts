import type { Config } from '../../settings/config.ts'
import { makeSite, type Site } from '../frame/site.ts'

/** The first word of the names of the customers' cookies. */
export const cookiePrefix = 'sekisho'

/** Where customers sign in: the site that the settings describe. */
export function customerSite(config: Config): Site {
  return makeSite({ ...config, cookiePrefix, readers: 'customers', help: '/help' })
}
