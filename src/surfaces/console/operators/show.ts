import { signedInPage } from '../frame/show.ts'
import { showOperators as listOperators } from './operator-routes.ts'
import { operatorsPage, ownPage } from './pages.ts'
import { showSession } from './session-routes.ts'

export const showOperators = signedInPage(['admin', 'auditor'], async ({ visit, context }) => {
  const { operators } = await listOperators.read(visit)
  return operatorsPage(context, operators)
})

export const showOwn = signedInPage(null, async ({ visit, context }) =>
  ownPage(context, await showSession.read(visit)),
)
