// All addresses of Sekisho, but for the demo's own, and the gates that a request passes before them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono, type MiddlewareHandler } from 'hono'
import { factorNames } from '../../domain/factors/factors.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { largestBody } from '../../limits/node.ts'
import type { Action } from '../frame/action.ts'
import { addressesOf, methodNotAllowed, mountAssets } from '../frame/addresses.ts'
import { answerProblem } from '../frame/answer-problem.ts'
import {
  identify,
  limitBody,
  protectResponses,
  refuseForeignWrites,
  refuseOtherHosts,
} from '../frame/gate.ts'
import { servePacked, serveText, type Show } from '../frame/serve.ts'
import type { SurfaceDeps } from '../frame/site.ts'
import type { VisitEnv } from '../frame/visit.ts'
import { askByGet, askedByPost, longestQuestion } from '../oidc/ask-by-get.ts'
import { integrationGuide } from '../oidc/discovery.ts'
import { oidcMethods, oidcPaths } from '../oidc/methods.ts'
import type { Oidc } from '../oidc/start.ts'
import * as calls from './calls/routes.ts'
import { helpPages } from './help/routes.ts'
import type { BuiltManual } from './manual/built.ts'
import { showManual } from './manual/show.ts'
import * as applications from './portal/application-routes.ts'
import * as browsers from './portal/browser-routes.ts'
import * as home from './portal/home/show.ts'
import * as notices from './portal/notices/routes.ts'
import * as noticePages from './portal/notices/show.ts'
import * as changes from './portal/own-changes/routes.ts'
import * as ownChanges from './portal/own-changes/show.ts'
import * as rehearsal from './portal/passkeys/rehearsal-routes.ts'
import * as passkeys from './portal/passkeys/routes.ts'
import * as passkeyPages from './portal/passkeys/show.ts'
import * as session from './portal/session-routes.ts'
import * as waysBack from './portal/show.ts'
import * as recovery from './recovery/routes.ts'
import * as recoveryPages from './recovery/show.ts'
import { showLogo } from './show-logo.ts'
import * as signIn from './sign-in/routes.ts'
import * as signInPages from './sign-in/show.ts'
import * as stop from './stop/routes.ts'
import { wellKnown } from './well-known.ts'

/** The API; docs/api.json is written from this list. */
export const actions: readonly (readonly ['GET' | 'POST' | 'PUT' | 'DELETE', string, Action])[] = [
  ['POST', '/api/sign-in', signIn.start],
  ['GET', '/api/sign-in', signIn.look],
  ['DELETE', '/api/sign-in', signIn.giveUp],
  ['GET', '/api/sign-in/email-code', signIn.lookForMail],
  ['POST', '/api/sign-in/email-code', signIn.verifyCode],
  ['POST', '/api/sign-in/email-code/resend', signIn.sendAnotherCode],
  ['POST', '/api/sign-in/passkey/options', signIn.passkeyOptions],
  ['POST', '/api/sign-in/passkey', signIn.verifyPasskey],
  ['POST', '/api/sign-in/passkey/failure', signIn.passkeyFailed],
  ['POST', '/api/sign-in/stop', stop.stopSignIn],

  ['POST', '/api/forgotten/login-id', recovery.forgottenLoginId],
  ['POST', '/api/forgotten/password', recovery.startForgotten],
  ['GET', '/api/forgotten/password', recovery.forgotten.look],
  ['PUT', '/api/forgotten/password', recovery.forgotten.putPassword],
  ['DELETE', '/api/forgotten/password', recovery.forgotten.giveUp],
  ['POST', '/api/forgotten/password/email-code', recovery.forgotten.verifyCode],
  ['POST', '/api/forgotten/password/email-code/resend', recovery.forgotten.sendAnotherCode],
  ['POST', '/api/forgotten/password/passkey/options', recovery.passkeyOptions],
  ['POST', '/api/forgotten/password/passkey', recovery.verifyPasskey],
  ['POST', '/api/forgotten/password/passkey/failure', recovery.passkeyFailed],
  ['POST', '/api/activation', recovery.startActivation],
  ['GET', '/api/activation', recovery.activation.look],
  ['PUT', '/api/activation', recovery.activation.putPassword],
  ['DELETE', '/api/activation', recovery.activation.giveUp],
  ['POST', '/api/activation/email-code', recovery.activation.verifyCode],
  ['POST', '/api/activation/email-code/resend', recovery.activation.sendAnotherCode],

  ['GET', '/api/session', session.showSession],
  ['GET', '/api/session/end', session.showSessionEnd],
  ['DELETE', '/api/session', session.signOut],
  ['DELETE', '/api/pending/:id', session.cancelPending],
  ['POST', '/api/stop', stop.stop],
  ['DELETE', '/api/stop', stop.lift],
  ['POST', '/api/session/passkey/options', session.proofOptions],
  ['POST', '/api/session/passkey', session.prove],
  ['POST', '/api/session/passkey/failure', session.passkeyFailed],
  ['POST', '/api/session/email-code', changes.sendProofCode],
  ['POST', '/api/session/email-code/verify', changes.proveByCode],

  ['GET', '/api/passkeys', passkeys.showPasskeys],
  ['GET', '/api/passkeys/email-code', passkeys.lookForMail],
  ['POST', '/api/passkeys/email-code', passkeys.sendCode],
  ['POST', '/api/passkeys/email-code/verify', passkeys.verifyCode],
  ['POST', '/api/passkeys/options', passkeys.registrationOptions],
  ['POST', '/api/passkeys', passkeys.register],
  ['POST', '/api/passkeys/:id/rehearsal/options', rehearsal.options],
  ['POST', '/api/passkeys/:id/rehearsal', rehearsal.rehearse],

  ['POST', '/api/call-number', calls.show],
  ['GET', '/api/call-number', calls.look],
  ['POST', '/api/call-number/answer', calls.answer],
  ['POST', '/api/call-number/passkey/options', calls.passkeyOptions],
  ['POST', '/api/call-number/passkey', calls.prove],

  ['GET', '/api/second-factor', passkeys.showSecondFactor],
  ['PUT', '/api/second-factor', passkeys.putSecondFactor],
  ['GET', '/api/notices', notices.showNotices],
  ['PUT', '/api/notices', notices.putNotices],
  ['POST', '/api/notices/address', notices.askForNoticeAddress],
  ['POST', '/api/notices/address/resend', notices.resendNoticeCode],
  ['POST', '/api/notices/address/verify', notices.verifyNoticeAddress],
  ['DELETE', '/api/notices/address', notices.removeNoticeAddress],

  ['PUT', '/api/password', changes.changePassword],
  ['POST', '/api/email', changes.askForEmail],
  ['POST', '/api/email/resend', changes.resendEmailCodes],
  ['POST', '/api/email/verify', changes.verifyEmail],

  ['GET', '/api/activity', session.showActivity],
  ['GET', '/api/sessions', session.showSessions],
  ['DELETE', '/api/sessions', session.removeOtherSessions],
  ['DELETE', '/api/sessions/:id', session.removeSession],

  ['GET', '/api/browsers', browsers.showBrowsers],
  ['DELETE', '/api/browsers/:id', browsers.removeBrowser],

  ['GET', '/api/applications', applications.showApplications],
  ['DELETE', '/api/applications/:id', applications.removeApplication],
]

const pages: readonly (readonly [string, Show])[] = [
  ['/', signInPages.showStart],
  ['/sign-in', signInPages.showSignIn],
  ...factorNames.map(
    (factor) => [signInPages.stepAddress(factor), signInPages.stepPages[factor]] as const,
  ),
  ['/forgotten', recoveryPages.showForgotten],
  ['/activate', recoveryPages.showActivate],
  ['/portal', home.showPortal],
  ['/portal/passkeys/new', passkeyPages.showNewPasskey],
  ['/portal/second-factor', passkeyPages.showSecondFactor],
  ['/portal/stop', waysBack.showStop],
  ['/portal/password', ownChanges.showPassword],
  ['/portal/email', ownChanges.showEmail],
  ['/portal/notices', noticePages.showNotices],
  ['/portal/notices/address', noticePages.showNoticeAddress],
  ['/portal/pending/:id', waysBack.showPending],
]

const limitActions = limitBody(largestBody)

/** For the engineers of applications; discovery names its address. */
const guide = join(import.meta.dirname, '..', '..', '..', 'docs', 'integrate.md')

/** The whole application at the site of `deps`; `extraPages` are those of the demo. */
export function createApp(
  deps: SurfaceDeps,
  oidc: Oidc,
  manual: BuiltManual,
  extraPages: typeof pages = [],
): Hono<VisitEnv> {
  const { site } = deps
  const app = new Hono<VisitEnv>()
  app.onError(answerProblem)
  app.notFound((visit) => answerProblem(new Problem('not_found'), visit))

  app.use(identify(deps), protectResponses(site), refuseOtherHosts(site))
  // OpenID Connect itself says who may write there and how, so its paths come before our own gates.
  for (const [path, methods] of Object.entries(oidcMethods)) app.use(path, onlyBy(methods))
  for (const path of askedByPost) app.post(path, limitBody(longestQuestion), askByGet)
  app.get('/oauth2/interaction/:uid', (visit) => oidc.showInteraction(visit))
  app.get('/oauth2/interaction/:uid/leave', (visit) => oidc.leaveInteraction(visit))
  app.post('/oauth2/interaction/:uid', refuseForeignWrites(site), limitActions, (visit) =>
    oidc.pressInteraction(visit),
  )
  for (const path of oidcPaths) app.all(path, (visit) => oidc.answer(visit))
  app.use(refuseForeignWrites(site), limitActions)

  const addresses = addressesOf(app)
  const { mount } = addresses
  for (const [method, path, action] of actions) mount(method, path, action.respond)
  for (const [path, show] of [...pages, ...wellKnown(deps), ...extraPages]) mount('GET', path, show)
  const guideText = serveText('text/markdown; charset=utf-8', readFileSync(guide))
  for (const [path, show] of [
    ...helpPages(deps),
    ['/manual', showManual(manual)] as const,
    [integrationGuide, guideText] as const,
  ]) {
    mount('GET', path, servePacked(show))
  }
  for (const [path, file] of manual.files) mount('GET', path, serveText(file.type, file.body))
  mount('GET', '/assets/logos/:hash', showLogo)
  mountAssets(addresses, deps)
  addresses.refuseOtherMethods()
  return app
}

/** Refuses other methods at the addresses that oidc-provider answers. */
function onlyBy(methods: readonly string[]): MiddlewareHandler<VisitEnv> {
  const refuse = methodNotAllowed(methods)
  return async function refuseOtherMethods(visit, next) {
    const { method } = visit.req
    if (!methods.includes(method === 'HEAD' ? 'GET' : method)) return refuse(visit, next)
    return next()
  }
}
