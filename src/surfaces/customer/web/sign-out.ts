// 「ログアウト」 on top of every page of the portal.
import { endSession } from './end-session.ts'
import { act, byId, leave } from './form.ts'
import { withdrawOffer } from './offer.ts'
import { noteSignedOut } from './signed-out.ts'
import { forgetTypedName } from './typed-name.ts'

act(byId('sign-out'), async () => {
  await endSession()
  // The next sign-in in this tab may be another person's.
  forgetTypedName()
  withdrawOffer()
  noteSignedOut()
  leave('/sign-in')
})
