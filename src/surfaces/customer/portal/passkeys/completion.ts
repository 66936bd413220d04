import { html } from 'hono/html'
import type { Factor } from '../../../../domain/factors/factors.ts'
import { formatTime } from '../../../../kernel/time.ts'
import { icon } from '../../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import { onward, type WayBack } from '../../../oidc/way-back.ts'
import type { PasskeyView } from '../../../parts/passkey-view.ts'
import { furtherStep, linkButton, waysOn } from '../back-links.ts'
import { notesOn } from './kept.ts'
import { machineOf } from './machine.ts'
import { rehearsalReminder } from './rehearsal.ts'

interface RegisteredPageParts {
  readonly passkey: PasskeyView
  readonly device: 'this-device' | 'phone'
  readonly isFirst: boolean
  readonly secondFactor: Factor
  /** The end of the hold; null without one. */
  readonly heldUntil: number | null
  readonly back: WayBack | null
}

/** The end of a registration. It has an address of its own, so that a reload shows it again. */
export function registeredPage(context: PageContext, parts: RegisteredPageParts): Html {
  const { texts, timeZone, holdWords } = context
  const { passkey, secondFactor, heldUntil, back } = parts
  const words = texts.newPasskey.done
  const offersSwitch = secondFactor !== 'passkey'
  const notes = notesOn(passkey, { ...parts, ...machineOf(context) })
  const main = html`<section class="card" id="stage" data-stage="done">
    <p class="done">${icon('check')}</p>
    <h1 tabindex="-1" autofocus>${words.title}</h1>
    ${!offersSwitch && html`<p>${words.text}</p>`}
    <dl class="facts">
      <div>
        <dt>${words.name}</dt>
        <dd data-fact="name">${passkey.name}</dd>
      </div>
      <div>
        <dt>${words.place}</dt>
        <dd>
          <span data-fact="place">${passkey.place}</span>
          <span class="fact-note" data-fact="kept">${words.kept[passkey.kept]}</span>
        </dd>
      </div>
    </dl>
    ${heldUntil !== null && html`<p>${texts.hold[holdWords].until(formatTime(heldUntil, timeZone))}</p>`}
    ${nextStep(context, { back, offersSwitch })}
    ${notes.map((note) => html`<p class="notice info" data-note="${note}">${words.notes[note]}</p>`)}
    ${
      notes.length > 0 &&
      html`<p class="actions">
        ${linkButton(onward('/portal/passkeys/new', back), words.another, { isMain: false })}
      </p>`
    }
    ${back && offersSwitch && switchOffer(context, back)}
    ${(back || offersSwitch) && rehearsalReminder(context, back, { isMain: false })}
    ${
      !back &&
      html`<p class="actions">${linkButton('/portal', texts.page.toPortal, { isMain: false })}</p>`
    }
  </section>`
  const { common } = texts.browser
  return page(context, { title: words.title, script: 'new-passkey', words: common, main })
}

/** The one thing to do now, with the page's one main button; everything else comes after it. */
function nextStep(
  context: PageContext,
  { back, offersSwitch }: { readonly back: WayBack | null; readonly offersSwitch: boolean },
): Html {
  if (back) return waysOn(context, back)
  if (offersSwitch) return switchOffer(context, back)
  return rehearsalReminder(context, back, { isMain: true })
}

function switchOffer({ texts }: PageContext, back: WayBack | null): Html {
  const { offerTitle: title, offer: text, offerLink: link } = texts.newPasskey.done
  const address = onward('/portal/second-factor', back)
  return furtherStep({ title, text, link }, address, { isMain: back === null })
}
