import { eventKinds } from '../../../domain/audit/timeline.ts'
import { accountReaders } from '../../../domain/vocabulary/desk.ts'
import { signedInPage } from '../frame/show.ts'
import { accountPage } from './account-page.ts'
import { showAccount as readAccount, showEvents } from './page-routes.ts'
import { searchPage } from './search-page.ts'

export const showSearch = signedInPage(accountReaders, async ({ context }) => searchPage(context))

/** `/accounts/:id`; who looks for the own account is led back. */
export const showAccount = signedInPage(accountReaders, async ({ visit, context }) => {
  const view = await readAccount.read(visit)
  const kind = eventKinds.find((one) => one === visit.req.query('kind')) ?? null
  const timeline = await showEvents.read(visit)
  return accountPage(context, { view, timeline, kinds: eventKinds, kind })
})
