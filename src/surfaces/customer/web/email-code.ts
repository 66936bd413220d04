// The second factor by e-mail.
import type { AnswerOf } from '../../frame/action.ts'
import type { verifyCode } from '../sign-in/routes.ts'
import './call-check.ts'
import { startCodeForm } from './code-form.ts'
import './stop.ts'
import { goOn, isDoneElsewhere } from './second-step.ts'

startCodeForm<AnswerOf<typeof verifyCode>>({
  verify: '/api/sign-in/email-code',
  mail: '/api/sign-in/email-code',
  resend: '/api/sign-in/email-code/resend',
  done: goOn,
  usedElsewhere: isDoneElsewhere,
})
