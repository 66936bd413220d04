// The second factor by e-mail: the form for the code that was sent, or why none could be sent.
import { html } from 'hono/html'
import type { SentCode } from '../../../domain/email-codes/code.ts'
import type { AwaitedCode } from '../../../domain/sign-ins/code.ts'
import { minuteFrom } from '../../../kernel/clock.ts'
import { formatTime } from '../../../kernel/time.ts'
import { codeWait } from '../../../text/advice/waits.ts'
import type { Html, PageContext } from '../../frame/page.ts'
import { statusLine } from '../../parts/action-bar.ts'
import { codeForm, mailLine } from '../../parts/code-pages.ts'

export function codeStep(context: PageContext, code: SentCode | AwaitedCode, now: number): Html {
  if (code.expiresAt === null) return noneSent(context, code, now)
  const words = context.texts.emailCode
  return html`${mailLine(context, words.sent(code.sentTo))}
    <p>${words.enter}</p>
    ${codeForm(context, code, now)}`
}

function noneSent(context: PageContext, code: AwaitedCode, now: number): Html {
  const { awaited, resend } = context.texts.emailCode
  return html`<div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    <p class="notice warn" id="awaited">${untilWhen(context, code, now)}</p>
    <p>${awaited.doubt}</p>
    <p>${awaited.elsewhere}</p>
    ${statusLine}
    <p class="actions">
      <button class="button" id="resend" type="button" aria-describedby="awaited" disabled>
        ${resend}
      </button>
    </p>`
}

function untilWhen({ texts, timeZone }: PageContext, { resendAfter }: AwaitedCode, now: number) {
  const words = texts.emailCode.awaited
  if (resendAfter <= now) return words.over
  // Longer than any wait that ends by itself.
  if (resendAfter - now > codeWait) return words.untilSupport
  return words.until(formatTime(minuteFrom(resendAfter), timeZone))
}
