// A page of the console for who is signed in. Without a session it leads to the sign-in, which leads back.
import type { OperatorSession } from '../../../domain/operators/operator.ts'
import type { OperatorRole } from '../../../domain/vocabulary/desk.ts'
import { Problem } from '../../../kernel/http/problem.ts'
import { listCommandUses } from '../../../operations/operators/operators.ts'
import type { Html } from '../../frame/page.ts'
import type { Show } from '../../frame/serve.ts'
import type { SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'
import { deskContext, homeOf, type DeskContext } from './context.ts'
import { isAllowed, withOperator } from './session.ts'

interface Shown {
  readonly visit: Visit
  readonly deps: SurfaceDeps
  readonly session: OperatorSession
  readonly context: DeskContext
}

/**
 * Shows a page to operators with one of the roles; null: to everybody who is signed in. Others are led to their
 * own first page, and so is who asks for something that `draw` has no page for, null, or may not read what it shows.
 */
export function signedInPage(
  roles: readonly OperatorRole[] | null,
  draw: (shown: Shown) => Promise<Html | null>,
): Show {
  return async (visit) => {
    try {
      return await withOperator(visit, null, async (session, deps) => {
        const { operator } = session
        const toHome = () => visit.redirect(homeOf(operator.roles), 303)
        if (!isAllowed(operator, roles)) return toHome()
        const context = deskContext(deps, visit, session, await listCommandUses(deps))
        const drawn = await draw({ visit, deps, session, context }).catch(nullIfNotAllowed)
        return drawn === null ? toHome() : visit.html(drawn)
      })
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'not_signed_in')) throw error
      const { pathname, search } = new URL(visit.req.url)
      const query = new URLSearchParams({ continueTo: pathname + search })
      return visit.redirect(`/sign-in?${query}`, 303)
    }
  }
}

function nullIfNotAllowed(error: unknown): null {
  if (error instanceof Problem && error.code === 'not_allowed') return null
  throw error
}

/** Where the sign-in leads: a path of the console's own pages, else the first page. */
export function readContinueTo(visit: Visit): string {
  const asked = visit.req.query('continueTo') ?? ''
  const { origin } = visit.get('deps').site
  const url = URL.canParse(asked, origin) ? new URL(asked, origin) : null
  if (!url || url.origin !== origin || !asked.startsWith('/')) return '/'
  const leads = /^\/(?:accounts|requests|operators|alerts|cases|calls|me)(?:\/|$)/
  return leads.test(url.pathname) ? url.pathname + url.search : '/'
}
