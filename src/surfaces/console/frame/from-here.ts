import { Problem } from '../../../kernel/http/problem.ts'
import type { Visit } from '../../frame/visit.ts'

/**
 * 403 `cross_site` for a reading that leaves a record and does not come from the console's own pages: a link
 * elsewhere must not make an operator leave one.
 */
export function onlyFromHere(visit: Visit): void {
  const site = visit.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') throw new Problem('cross_site')
}
