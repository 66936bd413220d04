// The second factor by e-mail.
import type { AnswerOf } from '../../frame/action.ts'
import type { verifyCode } from '../sign-in/routes.ts'
import { startCodeForm } from './code-form.ts'
import { act, byId, leave } from './form.ts'
import { giveUpSignIn } from './give-up.ts'
import { rememberNow } from './remember.ts'
import { signalBeforeLeaving } from './signal.ts'

startCodeForm<AnswerOf<typeof verifyCode>>({
  verify: '/api/sign-in/email-code',
  resend: '/api/sign-in/email-code/resend',
  done: async ({ continueTo }) => {
    rememberNow()
    await signalBeforeLeaving(continueTo)
    leave(continueTo)
  },
})

act(byId('give-up'), async () => {
  await giveUpSignIn()
  leave(byId('give-up')?.dataset['leaveTo'] ?? '/sign-in')
})
