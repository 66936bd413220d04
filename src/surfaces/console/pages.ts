// The pages of the console.
import type { Show } from '../frame/serve.ts'
import * as accounts from './accounts/show.ts'
import * as alerts from './alerts/show.ts'
import * as asking from './asking/show.ts'
import { showCalls } from './calls/show.ts'
import * as operators from './operators/show.ts'
import * as requests from './requests/show.ts'
import * as signIn from './sign-in/show.ts'

export const pages: readonly (readonly [string, Show])[] = [
  ['/', signIn.showStart],
  ['/sign-in', signIn.showSignIn],
  ['/enrol', signIn.showEnrol],
  ['/accounts', accounts.showSearch],
  ['/accounts/:id', accounts.showAccount],
  ['/accounts/:id/request', asking.showAccountAsking],
  ['/operators', operators.showOperators],
  ['/me', operators.showOwn],
  ['/operators/request', asking.showOperatorAsking],
  ['/calls', showCalls],
  ['/alerts', alerts.showAlerts],
  ['/cases/:id', alerts.showCase],
  ['/requests', requests.showRequests],
  ['/requests/reopen-many', asking.showManyAsking],
  ['/requests/:id', requests.showRequest],
]
