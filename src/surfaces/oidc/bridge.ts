// From a request of Hono to the library, which answers Node's own requests.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Provider } from 'oidc-provider'
import { UnitOfWork } from '../../domain/openid/unit-of-work.ts'
import { hashToken, newToken } from '../../kernel/secrets.ts'
import { readToken, tokenHeader } from '../frame/cookies.ts'
import { lookForSession } from '../frame/current-session.ts'
import type { Visit } from '../frame/visit.ts'
import { cookieNames, lifetimes } from './provider.ts'
import { forgeRequest } from './seams/forged-request.ts'
import { runRequest } from './seams/own-request.ts'
import { callerOf } from './token-caller.ts'

/** Lets the library answer a request, with our session. */
export async function answerByLibrary(
  visit: Visit,
  library: ReturnType<Provider['callback']>,
): Promise<Response> {
  const { incoming, outgoing } = visit.env
  return withOwnSession(visit, async () => {
    await library(incoming, outgoing)
    return RESPONSE_ALREADY_SENT
  })
}

/** Runs work of the library with the session that the browser has with us. */
export async function withOwnSession(
  visit: Visit,
  run: () => Promise<Response>,
): Promise<Response> {
  const deps = visit.get('deps')
  const { session: live, move } = await lookForSession(deps, visit)
  // Rule 42: before a breached password is changed, applications get nothing. To the library nobody is signed
  // in, and whoever asks is led to the sign-in, which knows what to do. Signing out works.
  const isHeldBack = live?.passwordBreached && !visit.req.path.startsWith('/oauth2/logout')
  const session = isHeldBack ? null : live
  const sessionCookie = session && cookieNames(deps.site).session
  forgeRequest(visit.env.incoming.headers, deps.site.origin, sessionCookie)
  const unit = new UnitOfWork(deps)
  if (move) unit.within(({ tx }) => move(tx))
  return runRequest(
    { visit, session, browser: markBrowser(visit), tokenCaller: callerOf(visit), unit },
    run,
  )
}

/**
 * The hash of the authorization cookie, by which an interaction knows the browser that began it
 * (rule 33). The cookie is set where an authorization request begins. All tabs of the browser share it,
 * and it lives as long as the interaction.
 */
function markBrowser(visit: Visit): string | null {
  const sent = readToken(visit, 'authorization')
  if (visit.req.path !== '/oauth2/authorize') return sent === undefined ? null : hashToken(sent)
  const token = sent ?? newToken()
  const header = tokenHeader(visit, 'authorization', token, lifetimes.Interaction)
  visit.env.outgoing.appendHeader('Set-Cookie', header)
  return hashToken(token)
}
