import { html } from 'hono/html'
import { factorNames, factors, type Factor } from '../../../domain/factors/factors.ts'
import { factorIcons, icon } from '../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import { actionBar } from '../../parts/action-bar.ts'
import { dialogState } from '../../parts/dialog-state.ts'
import { phoneNote } from '../../parts/phone-note.ts'
import { passkeyChooser, type ChooserHints, type PasskeyView } from '../../parts/passkey-view.ts'

interface SecondFactorPageParts {
  readonly secondFactor: Factor
  readonly passkeys: readonly PasskeyView[]
  readonly hints: ChooserHints
  /** The length and the end of a hold that would begin now. */
  readonly holdAhead: string
}

/** E-mail or passkey (docs/screens.md, M7 to M6); the change is proven with a passkey first. */
export function secondFactorPage(context: PageContext, parts: SecondFactorPageParts): Html {
  const { texts } = context
  const words = texts.secondFactor
  const { secondFactor, passkeys, holdAhead } = parts
  const main = html`<p class="back"><a href="/portal">${texts.page.toPortal}</a></p>
    <section class="card" id="stage">
      <h1 tabindex="-1">${words.title}</h1>
      <p>${words.lead}</p>
      <form
        class="form"
        id="method-form"
        method="post"
        autocomplete="off"
        data-current="${secondFactor}"
        data-passkeys="${passkeys.length}"
      >
        <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
        <fieldset class="choices">
          <legend class="visually-hidden">${words.legend}</legend>
          ${factorNames.map((factor) => choice(context, factor, secondFactor))}
        </fieldset>
        ${passkeys.length === 0 ? registerFirst(context) : conditions(context, parts)}
        ${actionBar(dialogState(context), words.submit)}
      </form>
      ${chooser(context, parts)}
    </section>
    ${factorNames.map((factor) => completion(context, factor, holdAhead))}`
  const { common, dialog, get, secondFactor: own } = texts.browser
  return page(context, {
    title: words.title,
    script: 'second-factor',
    words: { ...common, ...dialog, ...get, ...own },
    main,
  })
}

function choice({ texts }: PageContext, value: Factor, current: Factor): Html {
  const words = texts.secondFactor
  return html`<div class="choice">
    <input
      type="radio"
      name="method"
      id="method-${value}"
      value="${value}"
      aria-describedby="method-${value}-hint"
      ${value === current && 'checked'}
    />
    ${icon(factorIcons[value])}
    <div class="choice-text">
      <label class="choice-name stretch" for="method-${value}">${words[value]}</label>
      <p class="choice-note" id="method-${value}-hint">
        ${value === current && html`<span class="badge">${words.current}</span>`}
        ${words.hints[value]}
      </p>
    </div>
  </div>`
}

function conditions(
  context: PageContext,
  { secondFactor: current, holdAhead }: SecondFactorPageParts,
): Html {
  const words = context.texts.secondFactor
  return html`<ul class="bullets small">
    <li>${words.proof}</li>
    <li>${phoneNote(context)}</li>
    <li>${words.effect}</li>
    ${factorNames
      .filter((factor) => factor !== current)
      .map(
        (factor) =>
          html`<li>${words.cautions[factor]}</li>
            ${factors[factor].switchHold && html`<li>${holdAhead}</li>`}`,
      )}
  </ul>`
}

function registerFirst({ texts }: PageContext): Html {
  const words = texts.secondFactor
  return html`<div class="notice info">
    <h2>${words.noneTitle}</h2>
    <p>${words.none}</p>
    <p><a href="/portal/passkeys/new">${words.noneLink}</a></p>
  </div>`
}

function chooser(context: PageContext, { passkeys, hints }: SecondFactorPageParts): Html | null {
  const words = context.texts.secondFactor
  if (passkeys.length === 0) return null
  return html`<form class="form aside" id="proof-form" method="post" autocomplete="off" hidden>
    <h2 tabindex="-1">${words.chooserTitle}</h2>
    <p>${words.chooser}</p>
    ${passkeyChooser(context, passkeys, words.chooserLegend, hints)}
    ${actionBar(null, words.chooserSubmit)}
  </form>`
}

/** The content that replaces the stage after the change; a template, so that the page has one h1. */
function completion({ texts }: PageContext, factor: Factor, holdAhead: string): Html {
  const words = texts.secondFactor
  return html`<template id="done-${factor}">
    <p class="done">${icon('check')}</p>
    <h1 tabindex="-1">${words.doneTitle}</h1>
    <p>${words.done[factor]}</p>
    ${factors[factor].switchHold && html`<p>${holdAhead}</p>`}
    <p class="actions"><a class="button primary" href="/portal">${texts.page.toPortal}</a></p>
  </template>`
}
