import { html } from 'hono/html'
import type { ListedEvent } from '../../../domain/audit/events.ts'
import type { Failures } from '../../../domain/audit/list.ts'
import type { Client } from '../../../domain/clients/client.ts'
import type { Consent } from '../../../domain/clients/store.ts'
import type { Factor } from '../../../domain/factors/factors.ts'
import type { PreviousSignIn } from '../../../domain/sessions/previous.ts'
import type { HoldReason } from '../../../domain/vocabulary/reasons.ts'
import type { Device } from '../../../kernel/http/user-agent.ts'
import { formatTime } from '../../../kernel/time.ts'
import { factorIcons, icon } from '../../frame/icons.ts'
import { page, type Html, type PageContext } from '../../frame/page.ts'
import { onward, type WayBack } from '../../oidc/way-back.ts'
import { callNumber } from '../../parts/call-number.ts'
import { dialogState } from '../../parts/dialog-state.ts'
import { passkeyItem, suspendedItem, type PasskeyView } from '../../parts/passkey-view.ts'
import { applicationsCard } from './applications-card.ts'
import { callsCard, type CallUnderWay } from './calls-card.ts'
import { homesCard } from './homes-card.ts'
import { machineOf } from './machine.ts'
import { rehearsalButton, wordsOfRehearsal } from './rehearsal.ts'

interface SessionRow extends Device {
  readonly id: string
  readonly current: boolean
  readonly signedInAt: number
  readonly lastSeenAt: number
}

interface EventRow extends Device {
  readonly event: ListedEvent
  readonly at: number
}

interface PortalPageParts {
  readonly account: { readonly loginId: string; readonly displayName: string }
  readonly secondFactor: Factor
  readonly passkeys: readonly PasskeyView[]
  readonly suspended: readonly PasskeyView[]
  /** The passkeys that this machine is not likely to keep. */
  readonly elsewhere: ReadonlySet<string>
  /** The passkeys that this machine has answered with itself. */
  readonly thisDevice: ReadonlySet<string>
  readonly hold: { readonly until: number; readonly reason: HoldReason } | null
  readonly events: readonly EventRow[]
  readonly failures: readonly Failures[]
  readonly signedInAt: number
  readonly previous: PreviousSignIn | null
  readonly sessions: readonly SessionRow[]
  readonly consents: readonly Consent[]
  readonly clients: readonly Client[]
  readonly call: CallUnderWay | undefined
  readonly back: WayBack | null
}

/** The portal's home: who is signed in, the second factor, the passkeys, sessions and recent events. */
export function portalPage(context: PageContext, parts: PortalPageParts): Html {
  const { texts } = context
  const words = texts.portal
  const { back } = parts
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
      <button class="button" id="sign-out" type="button" disabled>${words.signOut}</button>
    </div>
    <div id="problem" class="notice error" role="alert" tabindex="-1"></div>
    ${dialogState(context)} ${!machineOf(context).onPhone && offer(context)}
    ${parts.call && callsCard(context, parts.call)} ${parts.hold && holdNotice(context, parts.hold)}
    <div class="columns">
      <div>${factorCard(context, parts)} ${passkeysCard(context, parts)}</div>
      <div>
        ${homesCard(context, parts.clients)} ${sessionsCard(context, parts.sessions)}
        ${applicationsCard(context, parts.consents)} ${activityCard(context, parts)}
      </div>
    </div>
    ${callNumber(context, 'portal')}`
  return page(context, {
    title: words.title,
    script: 'portal',
    words: {
      ...texts.browser.common,
      ...texts.browser.portal,
      ...texts.browser.call,
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

/** Shown by the page's script after a phone was used on a computer that could hold a passkey itself. */
function offer({ texts }: PageContext): Html {
  const words = texts.portal.offer
  return html`<section class="notice" id="offer" aria-labelledby="offer-title" hidden>
    <h2 id="offer-title">${words.title}</h2>
    <p>${words.text}</p>
    <p class="actions">
      <button class="button" id="offer-accept" type="button" disabled>${words.accept}</button>
      <button class="button quiet" id="offer-decline" type="button">${words.decline}</button>
    </p>
  </section>`
}

function holdNotice(
  { texts, timeZone }: PageContext,
  { until, reason }: NonNullable<PortalPageParts['hold']>,
): Html {
  const words = texts.portal
  return html`<section class="notice warn">
    <h2>${texts.hold.until(formatTime(until, timeZone))}</h2>
    <p>${words.holdText}</p>
    <p class="small">${words.holdReason(words.holdReasons[reason])}</p>
  </section>`
}

/** Whoever has a passkey and does not sign in with it yet has that to do first. */
function isSwitchNext({ secondFactor, passkeys }: PortalPageParts): boolean {
  return secondFactor !== 'passkey' && passkeys.length > 0
}

function factorCard({ texts }: PageContext, parts: PortalPageParts): Html {
  const words = texts.portal
  const { secondFactor, back } = parts
  const switchIsNext = isSwitchNext(parts)
  return html`<section class="card" aria-labelledby="factor-title">
    <h2 id="factor-title">${words.factorTitle}</h2>
    <div class="item">
      ${icon(factorIcons[secondFactor])}
      <div>
        <p class="muted small">${words.factorNow}</p>
        <p class="item-name">${words.factors[secondFactor]}</p>
        <p class="small">${words.factorTexts[secondFactor]}</p>
      </div>
    </div>
    ${switchIsNext && html`<p class="notice info">${words.factorAdvice}</p>`}
    <p class="actions">
      <a
        class="button ${switchIsNext ? 'primary' : ''}"
        href="${onward('/portal/second-factor', back)}"
        >${words.factorLink}</a
      >
    </p>
  </section>`
}

function passkeysCard(context: PageContext, parts: PortalPageParts): Html {
  const { texts } = context
  const { passkeys, suspended, elsewhere, thisDevice } = parts
  const { links } = context.site
  const words = texts.portal
  return html`<section class="card" aria-labelledby="passkeys-title">
    <h2 id="passkeys-title">${words.passkeysTitle}</h2>
    ${
      passkeys.length + suspended.length === 0
        ? html`<p>${words.passkeysNone}</p>`
        : html`<ul class="items">
            ${passkeys.map((passkey) => {
              const isElsewhere = elsewhere.has(passkey.id)
              const button = rehearsalButton(context, passkey, isElsewhere)
              return passkeyItem(context, passkey, button, thisDevice.has(passkey.id))
            })}
            ${suspended.map((passkey) => suspendedItem(context, passkey))}
          </ul>`
    }
    ${passkeys.length === 1 && html`<p class="notice info">${words.passkeysSecond}</p>`}
    <p class="actions">
      <button
        class="button ${isSwitchNext(parts) ? '' : 'primary'}"
        id="register"
        type="button"
        disabled
      >
        ${words.register}
      </button>
    </p>
    ${
      passkeys.length > 0 &&
      html`<p class="muted small">
        ${words.passkeysRemoval}
        ${links.removal && html`<a href="${links.removal}">${words.removalLink}</a>`}
      </p>`
    }
    ${
      links.passkeyFaq &&
      html`<p class="plain small"><a href="${links.passkeyFaq}">${texts.passkey.faqLink}</a></p>`
    }
  </section>`
}

function sessionsCard(context: PageContext, sessions: readonly SessionRow[]): Html {
  const words = context.texts.portal
  return html`<section class="card" aria-labelledby="sessions-title">
    <h2 id="sessions-title" tabindex="-1">${words.sessionsTitle}</h2>
    <ul class="items">
      ${sessions.map((session) => sessionItem(context, session))}
    </ul>
  </section>`
}

function sessionItem({ texts, timeZone }: PageContext, session: SessionRow): Html {
  const words = texts.portal
  const device = deviceWords(texts.portal, session) ?? words.unknownBrowser
  const signedIn = formatTime(session.signedInAt, timeZone)
  return html`<li class="item">
    <div>
      <p class="item-name">
        ${device} ${session.current && html`<span class="badge">${words.sessionCurrent}</span>`}
      </p>
      <p class="muted small">
        <span>${words.sessionSince(signedIn)}</span>
        <span>${words.sessionSeen(formatTime(session.lastSeenAt, timeZone))}</span>
      </p>
    </div>
    ${
      !session.current &&
      html`<button
        class="button small"
        type="button"
        data-session="${session.id}"
        aria-label="${words.sessionEndName(device, signedIn)}"
        disabled
      >
        ${words.sessionEnd}
      </button>`
    }
  </li>`
}

function activityCard(context: PageContext, { events, failures }: PortalPageParts): Html {
  const { texts, timeZone } = context
  const words = texts.portal
  return html`<section class="card" aria-labelledby="activity-title">
    <h2 id="activity-title">${words.activityTitle}</h2>
    ${
      events.length === 0
        ? html`<p>${words.activityNone}</p>`
        : html`<ul class="items">
            ${events.map(
              (event) =>
                html`<li class="item">
                  <div>
                    <p>${texts.activity[event.event]}</p>
                    <p class="muted small">
                      <span>${formatTime(event.at, timeZone)}</span>
                      <span>${deviceWords(words, event)}</span>
                    </p>
                  </div>
                </li>`,
            )}
          </ul>`
    }
    ${failures.length > 0 && failuresList(context, failures)}
    <p class="muted small">${words.activityUnknown}</p>
  </section>`
}

/** Failures are counted, not listed: anybody can cause them, and they must push no event out of the list. */
function failuresList({ texts, timeZone }: PageContext, failures: readonly Failures[]): Html {
  const words = texts.portal
  return html`<h3>${words.failuresTitle}</h3>
    <ul class="items">
      ${failures.map(
        ({ event, count, orMore, lastAt }) =>
          html`<li class="item">
            <div>
              <p>${texts.activity[event]}</p>
              <p class="muted small">
                <span>${words.failuresCount(count, orMore)}</span>
                <span>${words.failuresLast(formatTime(lastAt, timeZone))}</span>
              </p>
            </div>
          </li>`,
      )}
    </ul>`
}

function deviceWords(
  words: PageContext['texts']['portal'],
  { browser, system }: Device,
): string | null {
  return browser && system ? words.device(browser, system) : (browser ?? system)
}
