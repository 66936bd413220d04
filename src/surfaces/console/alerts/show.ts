import { selectAccount } from '../../../domain/accounts/find.ts'
import { selectCase } from '../../../domain/cases/store.ts'
import { operatorNames } from '../../../domain/operators/names.ts'
import { accountReaders } from '../../../domain/vocabulary/desk.ts'
import { isId } from '../../../kernel/secrets.ts'
import { viewCase } from '../accounts/views.ts'
import { signedInPage } from '../frame/show.ts'
import { showAlerts as readAlerts } from './alert-routes.ts'
import { casePage } from './case-page.ts'
import { list } from './case-routes.ts'
import { alertsPage } from './page.ts'

/** `/alerts`; who makes operators has nothing to do with customers, and sees no case. */
export const showAlerts = signedInPage(
  ['approver', 'admin', 'auditor'],
  async ({ visit, session, context }) => {
    const alerts = await readAlerts.read(visit)
    const isFirst = visit.req.query('before') === undefined
    const seesCases = session.operator.roles.some((role) => role !== 'admin') && isFirst
    return alertsPage(context, alerts, seesCases ? (await list.read(visit)).cases : null)
  },
)

/** `/cases/:id`; one that is none, or of the own account, leads back. */
export const showCase = signedInPage(
  accountReaders,
  async ({ visit, deps: { db }, session, context }) => {
    const id = visit.req.param('id') ?? ''
    const found = isId(id) ? await selectCase(db, id) : undefined
    if (!found || found.accountId === session.operator.accountId) return null
    const [account, names] = await Promise.all([
      selectAccount(db, found.accountId),
      operatorNames(db),
    ])
    return casePage(context, viewCase(found, names), account?.loginId ?? '')
  },
)
