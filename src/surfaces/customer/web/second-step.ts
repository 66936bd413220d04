// The ends of a sign-in at its second factor.
import { call, type Refusal } from '../../frame/web/api.ts'
import { act, byId, leave } from './form.ts'
import { giveUpSignIn } from './give-up.ts'
import { rememberNow } from './remember.ts'
import { signalBeforeLeaving } from './signal.ts'

/** Leads on from a sign-in that has succeeded. */
export async function goOn({ continueTo }: { readonly continueTo: string }): Promise<void> {
  rememberNow()
  await signalBeforeLeaving(continueTo)
  leave(continueTo)
}

/** Whether this sign-in has ended well, in another tab. */
export async function isDoneElsewhere({ code }: Refusal): Promise<boolean> {
  if (code !== 'no_sign_in') return false
  return call('GET', '/api/session').then(
    () => true,
    () => false,
  )
}

const giveUp = byId('give-up')
act(giveUp, async () => {
  await giveUpSignIn()
  leave(giveUp?.dataset['leaveTo'] ?? '/sign-in')
})
