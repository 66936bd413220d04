import { eventKinds } from '../../../domain/audit/timeline.ts'
import { signedInPage } from '../frame/show.ts'
import { accountPage } from './account-page.ts'
import { showAccount as readAccount, showEvents } from './page-routes.ts'
import { searchPage } from './search-page.ts'

const readers = ['agent', 'approver', 'auditor'] as const

export const showSearch = signedInPage(readers, async ({ context }) => searchPage(context))

/** `/accounts/:id`; who looks for the own account is led back. */
export const showAccount = signedInPage(readers, async ({ visit, context }) => {
  const view = await readAccount.read(visit)
  const kind = eventKinds.find((one) => one === visit.req.query('kind')) ?? null
  const timeline = await showEvents.read(visit)
  return accountPage(context, { view, timeline, kinds: eventKinds, kind })
})
