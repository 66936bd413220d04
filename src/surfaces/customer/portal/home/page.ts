import { html } from 'hono/html'
import type { Client } from '../../../../domain/clients/client.ts'
import type { PreviousSignIn } from '../../../../domain/sessions/previous.ts'
import type { BrowserRow } from '../../../../domain/throttle/browser-list.ts'
import { formatTime } from '../../../../kernel/time.ts'
import type { Application } from '../../../../operations/openid/applications.ts'
import { page, type Html, type PageContext } from '../../../frame/page.ts'
import type { WayBack } from '../../../oidc/way-back.ts'
import { callNumber } from '../../../parts/call-number.ts'
import {
  changeProof,
  changeProofWords,
  type ChangeProofParts,
} from '../../../parts/change-proof.ts'
import { dialogState } from '../../../parts/dialog-state.ts'
import { stopCard, stoppedNotice, type StopCardParts } from '../../stop/card.ts'
import { deviceWords } from '../passkeys/device-words.ts'
import { machineOf } from '../passkeys/machine.ts'
import { wordsOfRehearsal } from '../passkeys/rehearsal.ts'
import { activityCard, type ActivityParts } from './activity-card.ts'
import { applicationsCard } from './applications-card.ts'
import { browsersCard } from './browsers-card.ts'
import { callsCard, type CallUnderWay } from './calls-card.ts'
import { factorCard } from './factor-card.ts'
import { holdCard, type HoldShown } from './hold-card.ts'
import { homesCard } from './homes-card.ts'
import { noticesCard } from './notices-card.ts'
import { offerCard } from './offer-card.ts'
import { ownChangesCard } from './own-changes-card.ts'
import { passkeysCard, type PasskeysParts } from './passkeys-card.ts'
import { sessionsCard, type SessionRow } from './sessions-card.ts'

interface PortalPageParts
  extends ActivityParts, ChangeProofParts, StopCardParts, Omit<PasskeysParts, 'switchIsNext'> {
  readonly account: { readonly loginId: string; readonly displayName: string }
  readonly hold: HoldShown | null
  readonly signedInAt: number
  readonly previous: PreviousSignIn | null
  readonly sessions: readonly SessionRow[]
  readonly browsers: readonly BrowserRow[]
  readonly applications: readonly Application[]
  readonly clients: readonly Client[]
  readonly call: CallUnderWay | undefined
  readonly back: WayBack | null
}

/** The portal's home: who is signed in, the second factor, the passkeys, sessions and recent events. */
export function portalPage(context: PageContext, parts: PortalPageParts): Html {
  const { texts } = context
  const words = texts.portal
  const { back } = parts
  // Whoever has a passkey and does not sign in with it yet has that to do first.
  const switchIsNext = parts.secondFactor !== 'passkey' && parts.passkeys.length > 0
  const main = html`${back && html`<p class="back"><a href="${back.address}">${texts.page.backTo(back.name)}</a></p>`}
    <div class="top">
      <div>
        <h1 tabindex="-1">${words.title}</h1>
        <p class="holder">${words.holder(parts.account.displayName)}</p>
        <p class="muted small">
          <span>${words.loginId(parts.account.loginId)}</span>
          <span>${words.signedInAt(formatTime(parts.signedInAt, context.timeZone))}</span>
          ${parts.previous && previousSignIn(context, parts.previous)}
        </p>
      </div>
    </div>
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    ${dialogState(context)} ${!machineOf(context).onPhone && offerCard(context)}
    ${parts.stop && stoppedNotice(context, parts.stop)}
    ${parts.call && callsCard(context, parts.call)} ${parts.hold && holdCard(context, parts.hold)}
    <div class="columns">
      <div>
        ${factorCard(context, { ...parts, switchIsNext })}
        ${passkeysCard(context, { ...parts, switchIsNext })} ${ownChangesCard(context, back)}
        ${noticesCard(context, back)}
      </div>
      <div>
        ${homesCard(context, parts.clients)} ${stopCard(context, parts)}
        ${sessionsCard(context, parts.sessions)} ${browsersCard(context, parts.browsers)}
        ${applicationsCard(context, parts.applications)} ${activityCard(context, parts)}
      </div>
    </div>
    ${callNumber(context, 'portal')} ${changeProof(context, parts)}`
  return page(context, {
    title: words.title,
    script: 'portal',
    words: {
      ...texts.browser.common,
      ...texts.browser.call,
      ...changeProofWords(texts),
      ...texts.browser.portal,
      ...(parts.passkeys.length > 0 && wordsOfRehearsal(context, parts.secondFactor)),
    },
    main,
    wide: true,
  })
}

function previousSignIn({ texts, timeZone }: PageContext, { at, ...device }: PreviousSignIn): Html {
  const words = texts.portal
  const from = deviceWords(words, device) ?? words.unknownBrowser
  return html`<span>${words.previousSignIn(formatTime(at, timeZone), from)}</span>`
}
