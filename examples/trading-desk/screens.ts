// The screens of the trading desk, from signing in to signing out.
import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as oauth from 'openid-client'
import type { Ledger } from './ledger.ts'
import { orderScreens } from './order-screens.ts'
import { landingPage, messagePage, tradingPage, type PageContext } from './pages.ts'
import type { DeskSession, Sessions, Strength } from './sessions.ts'
import type { DeskSettings } from './settings.ts'
import { begin, finish, newBrowserKey, signOutFields, type Connect } from './sign-in.ts'
import { texts, type Language } from './texts.ts'

export interface DeskDeps {
  readonly settings: DeskSettings
  readonly connect: Connect
  readonly sessions: Sessions
  readonly ledger: Ledger
}

export function screens(deps: DeskDeps): Hono {
  const { sessions, ledger, connect } = deps
  const desk = new Hono()

  desk.get('/', (c) => {
    const session = findSession(deps, c)
    if (session) return c.html(tradingPage(pageContext(deps, c, session), session, ledger))
    // A cookie without a session: it has ended, perhaps at the other place.
    const hasEnded = getCookie(c, cookies(deps).session) !== undefined
    deleteCookie(c, cookies(deps).session, cookieOptions(deps))
    return c.html(landingPage(pageContext(deps, c), hasEnded ? 'ended' : null))
  })

  desk.get('/sign-in', (c) => leaveToSignIn(deps, c, null))

  desk.get('/callback', async (c) => {
    const url = new URL(c.req.url)
    const browser = getCookie(c, cookies(deps).browser)
    const transaction = sessions.take(url.searchParams.get('state'), browser)
    // A reload or the back button after everything went well, or somebody else's link.
    if (!transaction) {
      if (findSession(deps, c)) return c.redirect('/', 303)
      return c.html(messagePage(pageContext(deps, c), texts[readLanguage(c)].startAgain), 400)
    }
    const arrived = new URL(`/callback${url.search}`, deps.settings.origin)
    try {
      const signedIn = await finish(await connect(), arrived, transaction)
      const { stepUp } = transaction
      const session = findSession(deps, c)
      // It may have ended on the way: who signs in again there to register a passkey ends it.
      if (stepUp === null || !session) {
        if (session) sessions.end(session)
        setCookie(c, cookies(deps).session, sessions.begin(signedIn).key, cookieOptions(deps))
        return c.redirect('/', 303)
      }
      if (session.key !== stepUp.key || session.person.sub !== signedIn.person.sub) {
        return c.html(messagePage(pageContext(deps, c), texts[readLanguage(c)].startAgain), 400)
      }
      Object.assign(session, signedIn)
      return c.redirect(`${stepUp.returnTo}?step-up=done`, 303)
    } catch (error) {
      // The sign-in says no: given up, or what was asked for cannot be given.
      if (!(error instanceof oauth.AuthorizationResponseError)) throw error
      const { stepUp } = transaction
      if (stepUp) return c.redirect(`${stepUp.returnTo}?step-up=refused`, 303)
      return c.html(landingPage(pageContext(deps, c), 'givenUp'))
    }
  })

  for (const kind of ['withdrawal', 'sale'] as const) {
    const screensOfOrder = orderScreens(deps, kind, {
      find: (c) => findSession(deps, c),
      context: (c, session) => pageContext(deps, c, session),
      stepUp: (c, stepUp) => leaveToSignIn(deps, c, stepUp),
    })
    desk.route(`/${kind}`, screensOfOrder)
  }

  desk.post('/sign-out', async (c) => {
    const session = findSession(deps, c)
    deleteCookie(c, cookies(deps).session, cookieOptions(deps))
    if (!session) return c.redirect('/', 303)
    sessions.end(session)
    const { end_session_endpoint: address = '/' } = (await connect()).serverMetadata()
    // The browser posts the same form there: no ID token stands in any address or history.
    return c.redirect(address, 307)
  })

  desk.get('/signed-out', (c) => c.html(landingPage(pageContext(deps, c), 'signedOut')))
  return desk
}

async function leaveToSignIn(
  deps: DeskDeps,
  c: Context,
  stepUp: Strength | null,
): Promise<Response> {
  const name = cookies(deps).browser
  const browser = getCookie(c, name) ?? newBrowserKey()
  setCookie(c, name, browser, { ...cookieOptions(deps), maxAge: 20 * 60 })
  const { origin } = deps.settings
  const asked = { browser, stepUp, language: readLanguage(c) }
  const address = await begin(await deps.connect(), { origin, sessions: deps.sessions }, asked)
  return c.redirect(address.href, 303)
}

function findSession(deps: DeskDeps, c: Context): DeskSession | undefined {
  return deps.sessions.find(getCookie(c, cookies(deps).session))
}

/** Names of our own: on localhost the sign-in shares its cookies with us. */
function cookies({ settings }: DeskDeps) {
  const prefix = settings.origin.startsWith('https:') ? '__Host-' : ''
  return {
    session: `${prefix}trading_desk`,
    browser: `${prefix}trading_desk_signing_in`,
  } as const
}

function cookieOptions({ settings }: DeskDeps) {
  const secure = settings.origin.startsWith('https:')
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure } as const
}

function pageContext(
  { settings }: DeskDeps,
  c: Context,
  session: DeskSession | null = null,
): PageContext {
  const language = readLanguage(c)
  if (c.req.query('lang') === language) {
    setCookie(c, 'trading_desk_language', language, { path: '/', sameSite: 'Lax', httpOnly: true })
  }
  const context = { language, path: c.req.path, session }
  if (!session) return context
  const { issuer, clientId, origin } = settings
  return {
    ...context,
    // By our name the sign-in leads back to our home.
    securityAddress: `${issuer}/portal?application=${clientId}`,
    signOutFields: signOutFields(session, `${origin}/signed-out`, language),
  }
}

/** Japanese, unless something says that it is to be English. */
export function readLanguage(c: Context): Language {
  const chosen = c.req.query('lang') ?? getCookie(c, 'trading_desk_language')
  if (chosen === 'ja' || chosen === 'en') return chosen
  const accepted = c.req.header('accept-language') ?? ''
  return /^en\b/i.test(accepted) ? 'en' : 'ja'
}
