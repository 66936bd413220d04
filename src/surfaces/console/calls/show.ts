import { signedInPage } from '../frame/show.ts'
import { callsPage } from './page.ts'

export const showCalls = signedInPage(['agent'], async ({ context }) => callsPage(context))
