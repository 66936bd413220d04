import { pageContext } from '../../frame/page-context.ts'
import type { Visit } from '../../frame/visit.ts'
import type { BuiltManual } from './built.ts'
import { manualPage } from './pages.ts'

/** `/manual`, for everybody, in the language of the visit. */
export function showManual(built: BuiltManual): (visit: Visit) => Response | Promise<Response> {
  return (visit) => visit.html(manualPage(pageContext(visit.get('deps'), visit), built))
}
