import { html } from 'hono/html'
import { factorNames, factors, type Factor } from '../../../../domain/factors/factors.ts'
import { formatTime } from '../../../../kernel/time.ts'
import { factorIcons, icon } from '../../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import { onward, type WayBack } from '../../../oidc/way-back.ts'
import { actionBar } from '../../../parts/action-bar.ts'
import { callNumber } from '../../../parts/call-number.ts'
import { dialogState } from '../../../parts/dialog-state.ts'
import { inAppNotice } from '../../../parts/in-app.ts'
import { passkeyChooser, type ChooserHints, type PasskeyView } from '../../../parts/passkey-view.ts'
import { phoneNote } from '../../../parts/phone-note.ts'
import { backLinks, waysOn } from '../back-links.ts'

interface SecondFactorPageParts {
  readonly secondFactor: Factor
  readonly passkeys: readonly PasskeyView[]
  readonly hints: ChooserHints
  /** The length and the end of a hold that would begin now. */
  readonly holdAhead: string
  readonly back: WayBack | null
}

/** E-mail or passkey (docs/screens.md, M7 to M6); the change is proven with a passkey first. */
export function secondFactorPage(context: PageContext, parts: SecondFactorPageParts): Html {
  const { texts } = context
  const words = texts.secondFactor
  const { secondFactor, passkeys } = parts
  const main = html`<section class="card" id="stage">
    ${backLinks(context, parts.back)}
    <h1 tabindex="-1">${words.title}</h1>
    ${inAppNotice(context, context.path)}
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
      ${passkeys.length === 0 ? registerFirst(context, parts.back) : conditions(context, parts)}
      ${actionBar(dialogState(context), words.submit)}
    </form>
    ${chooser(context, parts)} ${callNumber(context, 'second-factor')}
  </section>`
  const { common, dialog, get, call, secondFactor: own } = texts.browser
  return page(context, {
    title: words.title,
    script: 'second-factor',
    words: { ...common, ...dialog, ...get, ...call, ...own },
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

function registerFirst({ texts }: PageContext, back: WayBack | null): Html {
  const words = texts.secondFactor
  return html`<div class="notice info">
    <h2>${words.noneTitle}</h2>
    <p>${words.none}</p>
    <p><a href="${onward('/portal/passkeys/new', back)}">${words.noneLink}</a></p>
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

interface SwitchedPageParts {
  /** The factor in force. */
  readonly secondFactor: Factor
  /** The end of the hold; null without one. */
  readonly heldUntil: number | null
  readonly back: WayBack | null
}

/** The end of a switch. It has an address of its own, so that a reload shows it again. */
export function switchedPage(
  context: PageContext,
  { secondFactor, heldUntil, back }: SwitchedPageParts,
): Html {
  const { texts, timeZone, holdWords } = context
  const words = texts.secondFactor
  const main = html`<section class="card" id="stage">
    <p class="done">${icon('check')}</p>
    <h1 tabindex="-1" autofocus>${words.doneTitle}</h1>
    <p>${words.done[secondFactor]}</p>
    ${heldUntil !== null && html`<p>${texts.hold[holdWords].until(formatTime(heldUntil, timeZone))}</p>`}
    ${waysOn(context, back)}
  </section>`
  const { common } = texts.browser
  return page(context, { title: words.doneTitle, script: 'second-factor', words: common, main })
}
