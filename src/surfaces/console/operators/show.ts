import { signedInPage } from '../frame/show.ts'
import { operatorsPage, ownPage } from './pages.ts'
import { showOperators as listOperators } from './operator-routes.ts'
import { showSession } from './session-routes.ts'

export const showOperators = signedInPage(['admin', 'auditor'], async ({ visit, context }) => {
  const [{ operators }, session] = [await listOperators.read(visit), await showSession.read(visit)]
  return operatorsPage(context, operators, session)
})

export const showOwn = signedInPage(null, async ({ visit, context }) =>
  ownPage(context, await showSession.read(visit)),
)
