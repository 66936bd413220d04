import { html } from 'hono/html'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import { actionBar } from '../../../parts/action-bar.ts'
import { callNumber } from '../../../parts/call-number.ts'
import { codeForm, mailLine } from '../../../parts/code-pages.ts'
import { dialogState } from '../../../parts/dialog-state.ts'
import { inAppNotice } from '../../../parts/in-app.ts'
import { passkeyChooser } from '../../../parts/passkey-view.ts'
import { phoneNote } from '../../../parts/phone-note.ts'
import { signInAgainButton } from '../../../parts/sign-in-again.ts'
import { backLinks } from '../back-links.ts'
import { deviceCheck } from './device-check.ts'
import { machineOf } from './machine.ts'
import { passkeyNameForm } from './name-form.ts'
import type { NewPasskeyPageParts } from './new-passkey-parts.ts'

/** Registering a passkey, one stage at a time (docs/screens.md, M2 to M4). */
export function newPasskeyPage(context: PageContext, parts: NewPasskeyPageParts): Html {
  const { texts } = context
  const words = texts.newPasskey
  const stages = { full, again, prove, code, name: passkeyNameForm }
  const main = html`<section class="card" id="stage" data-stage="${parts.stage}">
    ${backLinks(context, parts.back)}
    <h1 tabindex="-1">${words.title}</h1>
    ${inAppNotice(context, context.path)} ${steps(context, parts)}
    ${stages[parts.stage](context, parts)} ${callNumber(context, 'registration')}
  </section>`
  return page(context, {
    title: words.title,
    script: 'new-passkey',
    words: stageWords(context, parts),
    main,
    wide: parts.stage === 'name' && !machineOf(context).onPhone,
  })
}

function stageWords({ texts }: PageContext, { stage }: NewPasskeyPageParts) {
  const { dialog, get, code: codeWords, create, check, call } = texts.browser
  const common = { ...texts.browser.common, ...call }
  const device = { ...check, ...texts.devices }
  if (stage === 'prove') return { ...common, ...device, ...dialog, ...get }
  if (stage === 'code') return { ...common, ...device, ...codeWords }
  if (stage === 'name') return { ...common, ...device, ...dialog, ...create }
  return common
}

function steps({ texts }: PageContext, { stage, passkeys }: NewPasskeyPageParts): Html | null {
  if (stage === 'again' || stage === 'full') return null
  const words = texts.newPasskey
  const shown = (['prove', 'code', 'name', 'done'] as const).filter(
    (step) => step !== 'prove' || passkeys.length > 0,
  )
  return html`<ol class="steps" aria-label="${words.stepsLabel}">
    ${shown.map(
      (step) =>
        html`<li ${step === stage && 'aria-current="step"'}><span>${words.steps[step]}</span></li>`,
    )}
  </ol>`
}

function full({ texts, site }: PageContext): Html {
  const { title, detail } = texts.problems.too_many_passkeys
  return html`<div class="notice warn">
    <h2>${title}</h2>
    <p>${detail}</p>
    <p><a href="${site.links.removal}">${texts.portal.removalLink}</a></p>
  </div>`
}

function again({ texts }: PageContext, { loginId }: NewPasskeyPageParts): Html {
  const words = texts.newPasskey.again
  return html`<p class="lead"><span>${words.lead}</span></p>
    <p>${words.text}</p>
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    ${signInAgainButton(words.submit, loginId)}`
}

function prove(context: PageContext, { passkeys, hints }: NewPasskeyPageParts): Html {
  const words = context.texts.newPasskey.prove
  return html`<p class="lead"><span>${words.lead}</span></p>
    <details class="fold">
      <summary>${context.texts.passkey.howTitle}</summary>
      <p>${words.text}</p>
      <p>${phoneNote(context)}</p>
    </details>
    <form class="form" id="proof-form" method="post" autocomplete="off">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${passkeyChooser(context, passkeys, words.legend, hints)}
      ${actionBar(dialogState(context), words.submit, { first: true })}
    </form>
    ${deviceCheck(context)}`
}

function code(context: PageContext, parts: NewPasskeyPageParts): Html {
  const words = context.texts.newPasskey.code
  if (parts.code === null) {
    return html`<p class="lead"><span>${words.lead}</span></p>
      <p>${words.ask}</p>
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      <button class="button primary" id="send-code" type="button" autofocus disabled>
        ${words.send}
      </button>
      ${deviceCheck(context)}`
  }
  return html`${mailLine(context, words.sent(parts.code.sentTo))}
    <p>${words.enter}</p>
    ${codeForm(context, parts.code, parts.now)} ${deviceCheck(context)}`
}
