import type { Session } from '../../../domain/sessions/session.ts'
import { changePasswordBefore, signInTo } from '../../../domain/sign-ins/continue-to.ts'
import { currentStop } from '../../../domain/stops/level.ts'
import { currentSession } from '../../frame/current-session.ts'
import { pageContext } from '../../frame/page-context.ts'
import type { PageContext } from '../../frame/page.ts'
import type { SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'
import { findWayBack, onward, type WayBack } from '../../oidc/way-back.ts'
import { withSessionWatch } from '../../parts/session-watch.ts'

type Show = (visit: Visit, deps: SurfaceDeps, signedIn: SignedIn) => Promise<Response> | Response

interface SignedIn {
  readonly session: Session
  readonly back: WayBack | null
  readonly context: PageContext
}

/**
 * A page of the portal: without a session it leads to the sign-in, which leads back; a breached password is changed
 * before anything else (rule 42). Each page leads out.
 */
export function signedIn(show: Show): (visit: Visit) => Promise<Response> {
  return async (visit) => {
    const deps = visit.get('deps')
    const session = await currentSession(deps, visit)
    const { pathname, search, searchParams } = new URL(visit.req.url)
    if (session?.passwordBreached && pathname !== '/portal/password') {
      return visit.redirect(changePasswordBefore(pathname + search), 303)
    }
    if (session) {
      const back = await findWayBack(visit, searchParams)
      const page = pageContext(deps, visit, { start: onward('/portal', back) })
      const said = { holdWords: holdWords(page, session), signsOut: true }
      const context = { ...withSessionWatch(deps, page, session), ...said }
      return show(visit, deps, { session, back, context })
    }
    return visit.redirect(signInTo(pathname + search), 303)
  }
}

/** Nobody is told that trading goes on as usual who has stopped it. */
function holdWords(page: PageContext, { account }: Session): PageContext['holdWords'] {
  const tradesStopped = currentStop(account)?.level === 'trading'
  return tradesStopped && page.holdWords === 'withdrawal' ? 'withdrawalAlone' : page.holdWords
}
