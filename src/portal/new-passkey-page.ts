import { html } from 'hono/html'
import { codeForm } from '../email-codes/pages.ts'
import type { SentCode } from '../email-codes/pages.ts'
import { icon } from '../ground/icons.ts'
import { page } from '../ground/page.ts'
import type { Html, PageContext } from '../ground/page.ts'
import { passkeyChooser } from '../passkeys/pages.ts'
import type { PasskeyRow } from '../passkeys/pages.ts'
import type { SecondFactor } from '../storage/tables.ts'
import { passkeyNameForm } from './passkey-name-form.ts'

export interface NewPasskeyPageParts {
  /** Where the registration stands; the server knows, so that a reload and a second tab agree. */
  readonly stage: 'again' | 'prove' | 'code' | 'name'
  readonly passkeys: readonly PasskeyRow[]
  readonly code: SentCode | null
  readonly registerUntil: number | null
  readonly now: number
  readonly onPhone: boolean
  readonly suggestions: { readonly 'this-device': string; readonly phone: string }
  readonly secondFactor: SecondFactor
}

/** Registering a passkey, one stage at a time (MANUAL.md, M2 to M4). */
export function newPasskeyPage(context: PageContext, parts: NewPasskeyPageParts): Html {
  const { texts } = context
  const words = texts.newPasskey
  const stages = { again, prove, code, name: passkeyNameForm }
  const main = html`<p class="back"><a href="/portal">${texts.page.toPortal}</a></p>
    <section class="card" id="stage" data-stage="${parts.stage}">
      <h1 tabindex="-1">${words.title}</h1>
      ${steps(context, parts)} ${stages[parts.stage](context, parts)}
    </section>
    ${parts.stage === 'name' && completion(context, parts)}`
  return page(context, {
    title: words.title,
    script: 'new-passkey',
    words: stageWords(context, parts),
    main,
  })
}

function stageWords({ texts }: PageContext, { stage }: NewPasskeyPageParts) {
  const { common, dialog, get, code: codeWords, create } = texts.browser
  if (stage === 'prove') return { ...common, ...dialog, ...get }
  if (stage === 'code') return { ...common, ...codeWords }
  if (stage === 'name') return { ...common, ...dialog, ...create, ...texts.devices }
  return common
}

function steps({ texts }: PageContext, { stage, passkeys }: NewPasskeyPageParts): Html | null {
  if (stage === 'again') return null
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

function again({ texts }: PageContext): Html {
  const words = texts.newPasskey.again
  return html`<p class="lead"><span>${words.lead}</span></p>
    <p>${words.text}</p>
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    <button class="button primary" id="sign-in-again" type="button" disabled>
      ${words.submit}
    </button>`
}

function prove(context: PageContext, { passkeys }: NewPasskeyPageParts): Html {
  const words = context.texts.newPasskey.prove
  return html`<p class="lead"><span>${words.lead}</span></p>
    <p>${words.text}</p>
    <form class="form" id="proof-form" method="post" autocomplete="off">
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      ${passkeyChooser(context, passkeys, words.legend)}
      <div id="status" class="notice info" role="status"></div>
      <button class="button primary" type="submit" disabled>${words.submit}</button>
    </form>`
}

function code(context: PageContext, parts: NewPasskeyPageParts): Html {
  const words = context.texts.newPasskey.code
  if (parts.code === null) {
    return html`<p class="lead"><span>${words.lead}</span></p>
      <p>${words.ask}</p>
      <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
      <button class="button primary" id="send-code" type="button" disabled>${words.send}</button>`
  }
  return html`<p class="lead">${icon('mail')} <span>${words.sent(parts.code.sentTo)}</span></p>
    <p>${words.enter}</p>
    ${codeForm(context, parts.code, parts.now)}`
}

/** What takes the stage's place after 201; a template, so that the page has one h1 all along. */
function completion({ texts }: PageContext, { secondFactor }: NewPasskeyPageParts): Html {
  const words = texts.newPasskey.done
  const toPortal = html`<a
    class="button ${secondFactor === 'passkey' ? 'primary' : ''}"
    href="/portal"
    >${texts.page.toPortal}</a
  >`
  return html`<template id="done">
    <p class="done">${icon('check')}</p>
    <h1 tabindex="-1">${words.title}</h1>
    <p>${words.text}</p>
    <dl class="facts">
      <div>
        <dt>${words.name}</dt>
        <dd data-fact="name"></dd>
      </div>
      <div>
        <dt>${words.place}</dt>
        <dd data-fact="place"></dd>
      </div>
    </dl>
    ${
      secondFactor === 'email' &&
      html`<section class="aside">
        <h2>${words.offerTitle}</h2>
        <p>${words.offer}</p>
        <p><a class="button primary" href="/portal/second-factor">${words.offerLink}</a></p>
      </section>`
    }
    <p class="actions">${toPortal}</p>
  </template>`
}
