import { signedInPage } from '../frame/show.ts'
import { searchPage } from './search-page.ts'

export const showSearch = signedInPage(['agent', 'approver', 'auditor'], async ({ context }) =>
  searchPage(context),
)
