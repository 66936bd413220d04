// All addresses of the support desk's console. The customers' process has none of them (rule 36).
import { Hono } from 'hono'
import { Problem } from '../../kernel/http/problem.ts'
import { largestBody } from '../../limits/node.ts'
import type { Action } from '../frame/action.ts'
import { addressesOf, mountAssets } from '../frame/addresses.ts'
import { answerProblem } from '../frame/answer-problem.ts'
import {
  identify,
  limitBody,
  protectResponses,
  refuseForeignWrites,
  refuseOtherHosts,
} from '../frame/gate.ts'
import type { SurfaceDeps } from '../frame/site.ts'
import type { Visit, VisitEnv } from '../frame/visit.ts'
import * as closing from './accounts/close-routes.ts'
import * as looking from './accounts/page-routes.ts'
import * as searching from './accounts/search-routes.ts'
import * as alerts from './alerts/alert-routes.ts'
import * as cases from './alerts/case-routes.ts'
import * as calls from './calls/routes.ts'
import { deskErrorPage } from './frame/page.ts'
import * as enrolment from './operators/enrolment-routes.ts'
import * as operators from './operators/operator-routes.ts'
import * as own from './operators/session-routes.ts'
import { pages } from './pages.ts'
import * as requests from './requests/routes.ts'

/** The API of the console. */
export const consoleActions: readonly (readonly [
  'GET' | 'POST' | 'PUT' | 'DELETE',
  string,
  Action,
])[] = [
  ['GET', '/api/accounts', searching.search],
  ['GET', '/api/accounts/:id', looking.showAccount],
  ['GET', '/api/accounts/:id/events', looking.showEvents],
  ['POST', '/api/accounts/:id/reveal', searching.reveal],
  ['POST', '/api/accounts/:id/cases', cases.open],
  ['GET', '/api/cases', cases.list],
  ['POST', '/api/cases/:id/take', cases.take],
  ['POST', '/api/cases/:id/close', cases.close],
  ['GET', '/api/cases/:id/export', cases.exportCase],
  ['GET', '/api/alerts', alerts.showAlerts],
  ['GET', '/api/looks', alerts.showLooks],
  ['GET', '/api/looks/export', alerts.exportLooks],
  ['POST', '/api/accounts/:id/lock', closing.lock],
  ['POST', '/api/accounts/:id/passkeys/:passkeyId/suspend', closing.suspend],
  ['POST', '/api/requests', requests.ask],
  ['GET', '/api/requests', requests.list],
  ['GET', '/api/requests/:id', requests.show],
  ['GET', '/api/requests/:id/receipt', requests.receipt],
  ['POST', '/api/requests/:id/approval/options', requests.approvalOptions],
  ['POST', '/api/requests/:id/approval', requests.approve],
  ['POST', '/api/requests/:id/refusal', requests.refuse],
  ['DELETE', '/api/requests/:id', requests.withdraw],
  ['GET', '/api/approvers', requests.before],
  ['POST', '/api/enrolment/options', enrolment.enrolmentOptions],
  ['POST', '/api/enrolment', enrolment.finishEnrolment],
  ['POST', '/api/sign-in/options', own.askToSignIn],
  ['POST', '/api/sign-in', own.signIn],
  ['GET', '/api/session', own.showSession],
  ['DELETE', '/api/session', own.signOut],
  ['POST', '/api/proof/options', own.proofOptions],
  ['POST', '/api/proof', own.prove],
  ['POST', '/api/passkeys/options', own.furtherPasskeyOptions],
  ['POST', '/api/passkeys', own.registerFurtherPasskey],
  ['GET', '/api/operators', operators.showOperators],
  ['DELETE', '/api/operators/:id', operators.closeOperator],
  ['GET', '/api/calls/:number', calls.look],
  ['GET', '/api/calls/:number/now', calls.watch],
  ['POST', '/api/calls/:number/check', calls.check],
  ['POST', '/api/accounts/:id/call', calls.beginCall],
  ['DELETE', '/api/accounts/:id/call', calls.endCall],
]

/** The whole console at the site of `deps`. */
export function createConsole(deps: SurfaceDeps): Hono<VisitEnv> {
  const { site } = deps
  const app = new Hono<VisitEnv>()
  const refuse = (error: unknown, visit: Visit) => answerProblem(error, visit, deskErrorPage)
  app.onError(refuse)
  app.notFound((visit) => refuse(new Problem('not_found'), visit))
  app.use(identify(deps), protectResponses(site), refuseOtherHosts(site))
  app.use(refuseForeignWrites(site), limitBody(largestBody))
  const addresses = addressesOf(app)
  for (const [method, path, action] of consoleActions) {
    addresses.mount(method, path, action.respond)
  }
  for (const [path, show] of pages) addresses.mount('GET', path, show)
  mountAssets(addresses, deps)
  addresses.refuseOtherMethods()
  return app
}
