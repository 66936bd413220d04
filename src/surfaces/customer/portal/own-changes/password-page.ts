import { html } from 'hono/html'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import { actionBar, statusLine } from '../../../parts/action-bar.ts'
import { callNumber } from '../../../parts/call-number.ts'
import { changeProof, changeProofWords } from '../../../parts/change-proof.ts'
import { inAppNotice } from '../../../parts/in-app.ts'
import { newPasswordField } from '../../../parts/new-password.ts'
import { presentPassword } from '../../../parts/present-password.ts'
import { backLinks } from '../back-links.ts'
import { conditions, withBrake, type OwnChangeParts } from './parts.ts'

interface PasswordPageParts extends OwnChangeParts {
  readonly loginId: string
  /** Where the page leads once a breached password is changed (rule 42); null where it is none. */
  readonly breachedThen: string | null
}

/** Another password: the present one, the new one, and the proof in a dialog. */
export function passwordPage(context: PageContext, parts: PasswordPageParts): Html {
  const { texts } = context
  const words = texts.ownChanges.password
  const { loginId, breachedThen } = parts
  const main = html`<section class="card" id="stage">
    ${breachedThen === null && backLinks(context, parts.back)}
    <h1 tabindex="-1">${words.title}</h1>
    ${
      breachedThen !== null &&
      html`<div class="notice warn">
        <h2>${words.breachedTitle}</h2>
        <p>${words.breached}</p>
      </div>`
    }
    ${inAppNotice(context, context.path)}
    <p>${words.lead}</p>
    <form class="form" id="password-form" method="post" data-then="${breachedThen ?? ''}">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${presentPassword(context)} ${newPasswordField(context, { loginId })}
      ${conditions(context, parts, [words.effect])}
      ${actionBar(statusLine, texts.ownChanges.submit)}
    </form>
    <p class="small">
      ${words.forgotten}<a href="${context.site.links.forgotten}">${words.forgottenLink}</a
      >${words.forgottenAfter}
    </p>
    ${parts.proof && changeProof(context, parts.proof)} ${callNumber(context, 'portal')}
  </section>`
  const { common, call, newPassword, ownChanges } = texts.browser
  return page(context, {
    title: words.title,
    script: 'own-change',
    words: { ...common, ...call, ...newPassword, ...ownChanges, ...changeProofWords(texts) },
    main: breachedThen === null ? main : withBrake(context, main),
  })
}
