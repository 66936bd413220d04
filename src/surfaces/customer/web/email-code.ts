// The second factor by e-mail.
import type { AnswerOf } from '../../frame/action.ts'
import { call, Refused } from '../../frame/web/api.ts'
import type { verifyCode } from '../sign-in/routes.ts'
import './call-check.ts'
import { startCodeForm } from './code-form.ts'
import { act, byId, nextStage } from './form.ts'
import './stop.ts'
import { goOn, isDoneElsewhere } from './second-step.ts'

startCodeForm<AnswerOf<typeof verifyCode>>({
  verify: '/api/sign-in/email-code',
  mail: '/api/sign-in/email-code',
  resend: '/api/sign-in/email-code/resend',
  done: goOn,
  usedElsewhere: isDoneElsewhere,
})

// Where no code could be sent at the beginning; with one, the form has the button.
if (!byId('code-form')) {
  act(byId('resend'), async () => {
    await call('POST', '/api/sign-in/email-code/resend').catch(async (error: unknown) => {
      if (!(error instanceof Refused && (await isDoneElsewhere(error.refusal)))) throw error
    })
    nextStage()
  })
}
