// A passkey as its holder sees it: one shape for the API, the pages and their scripts, and its drawing.
import { html } from 'hono/html'
import { z } from 'zod'
import type { Passkey } from '../../domain/passkeys/passkey.ts'
import { placeKindOf, placeKinds, placeOf, type PlaceKind } from '../../domain/passkeys/place.ts'
import { toIso } from '../../kernel/clock.ts'
import { isHandheld, type Device } from '../../kernel/http/user-agent.ts'
import { formatTime } from '../../kernel/time.ts'
import type { Texts } from '../../text/texts.ts'
import { isoTime } from '../frame/action.ts'
import { icon, type IconName } from '../frame/icons.ts'
import type { Html, PageContext } from '../frame/page.ts'

/** The passkey as the portal and its API show it to its holder. */
export const passkeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** The place that keeps it, in words. */
  place: z.string(),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  backedUp: z.boolean(),
  transports: z.array(z.string()),
  kept: z.enum(placeKinds),
})

export type PasskeyView = z.output<typeof passkeyView>

/** The passkey as the API shows it before the second factor is proven; `parse` leaves the rest out. */
export const passkeyAtSignIn = passkeyView.pick({
  id: true,
  name: true,
  place: true,
  createdAt: true,
  lastUsedAt: true,
})

/** How a call names one passkey of the account. */
export const chosenPasskey = z.object({ passkeyId: z.string().max(64) })

/** The one place where a stored passkey becomes its view. */
export function viewPasskey(passkey: Passkey, texts: Texts): PasskeyView {
  const { id, name, createdAt, lastUsedAt, backedUp, transports } = passkey
  return {
    id,
    name,
    place: placeOf(passkey, texts),
    createdAt: toIso(createdAt),
    lastUsedAt: toIso(lastUsedAt),
    backedUp,
    transports: [...transports],
    kept: placeKindOf(passkey),
  }
}

/** What the page knows of the browser that it is shown in. */
export interface ChooserHints {
  /** The passkey that is selected. */
  readonly selected: string | undefined
  /** The passkeys that this device has answered with itself, which get a badge. */
  readonly thisDevice: ReadonlySet<string>
}

/**
 * One radio per passkey, its name and last use in the accessible name; then a sentence that the page's
 * script shows when it fails again and again.
 */
export function passkeyChooser(
  { texts, timeZone, device }: PageContext,
  passkeys: readonly PasskeyView[],
  legend: string,
  { selected, thisDevice }: ChooserHints,
): Html {
  const words = texts.passkey
  return html`<fieldset class="choices">
      <legend>${legend}</legend>
      ${passkeys.map(
        (passkey) =>
          html`<label class="choice">
            <input
              type="radio"
              name="passkeyId"
              value="${passkey.id}"
              data-kept="${passkey.kept}"
              ${passkey.id === selected && 'checked'}
            />
            ${icon(passkeyIcon(passkey.kept, device, thisDevice.has(passkey.id)))}
            <span class="choice-text">
              <span class="choice-name"
                >${passkey.name}${
                  thisDevice.has(passkey.id) &&
                  html` <span class="badge">${words.thisDevice}</span>`
                }</span
              >
              <span class="choice-note"
                >${words.updated(formatTime(passkey.lastUsedAt ?? passkey.createdAt, timeZone))}</span
              >
              <span class="choice-note">${words.place(passkey.place)}</span>
            </span>
          </label>`,
      )}
    </fieldset>
    <p class="notice" id="other-way" role="status" hidden>
      ${passkeys.length > 1 ? words.otherWay : words.noOtherWay}
    </p>`
}

/** The passkey's row in the portal's list, with what can be done with it. */
export function passkeyItem(
  { texts, timeZone, device }: PageContext,
  passkey: PasskeyView,
  button: Html,
  answeredHere: boolean,
): Html {
  const words = texts.portal
  const lastUsed =
    passkey.lastUsedAt === null
      ? words.neverUsed
      : words.lastUsed(formatTime(passkey.lastUsedAt, timeZone))
  // "On the device on which it was registered" says it already.
  const saysMore = !passkey.backedUp && passkey.place !== texts.places.thisDevice
  return html`<li class="item">
    ${icon(passkeyIcon(passkey.kept, device, answeredHere))}
    <div>
      <p class="item-name">${passkey.name}</p>
      <p class="small">
        <span>${passkey.place}</span>
        ${saysMore && html`<span class="muted">${words.notBackedUp}</span>`}
      </p>
      <p class="muted small">
        <span data-last-used>${lastUsed}</span>
        <span>${words.created(formatTime(passkey.createdAt, timeZone))}</span>
      </p>
    </div>
    ${button}
  </li>`
}

/** The row of a passkey that support has suspended: nothing can be done with it. */
export function suspendedItem(
  { texts, timeZone, device }: PageContext,
  passkey: PasskeyView,
): Html {
  const words = texts.portal
  return html`<li class="item">
    ${icon(passkeyIcon(passkey.kept, device, false))}
    <div>
      <p class="item-name">${passkey.name} <span class="badge">${words.passkeySuspended}</span></p>
      <p class="small"><span>${passkey.place}</span></p>
      <p class="small">${words.passkeySuspendedText}</p>
      <p class="muted small">
        <span>${words.created(formatTime(passkey.createdAt, timeZone))}</span>
      </p>
    </div>
  </li>`
}

/**
 * A hint for the eye, as nothing proves where a passkey is kept. A synced one may be on phones and computers;
 * for a person with a phone in hand, it is on that phone, as is what that phone has answered with.
 */
function passkeyIcon(kept: PlaceKind, device: Device, answeredHere: boolean): IconName {
  return isHandheld(device) && (answeredHere || kept === 'synced') ? 'phone' : icons[kept]
}

const icons = {
  'this-device': 'computer',
  synced: 'devices',
  phone: 'phone',
  'security-key': 'key',
  unknown: 'key',
} as const satisfies Record<PlaceKind, IconName>
