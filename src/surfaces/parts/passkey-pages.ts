import { html } from 'hono/html'
import type { Keeping } from '../../domain/passkeys/place.ts'
import { formatTime } from '../../kernel/time.ts'
import { icon } from '../frame/icons.ts'
import type { IconName } from '../frame/icons.ts'
import type { Html, PageContext } from '../frame/page.ts'

/** A passkey as pages show it; times are milliseconds, rows come in the order to show. */
export interface PasskeyRow {
  readonly id: string
  readonly name: string
  /** Where it is kept, in words. */
  readonly place: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly kept: Keeping
}

/** One radio per passkey, the top one selected; its name and last use are in the accessible name. */
export function passkeyChooser(
  { texts, timeZone }: PageContext,
  rows: readonly PasskeyRow[],
  legend: string,
): Html {
  const words = texts.passkey
  return html`<fieldset class="choices">
    <legend>${legend}</legend>
    ${rows.map(
      (row, index) =>
        html`<label class="choice">
          <input
            type="radio"
            name="passkeyId"
            value="${row.id}"
            data-kept="${row.kept}"
            ${index === 0 && 'checked'}
          />
          ${icon(passkeyIcon(row.kept))}
          <span class="choice-text">
            <span class="choice-name">${row.name}</span>
            <span class="choice-note"
              >${words.updated(formatTime(row.lastUsedAt ?? row.createdAt, timeZone))}</span
            >
            <span class="choice-note">${words.place(row.place)}</span>
          </span>
        </label>`,
    )}
  </fieldset>`
}

/** Beside the button that opens a dialog: what happens meanwhile, and the way to stop it. */
export function dialogState({ texts }: PageContext): Html {
  return html`<div class="dialog" id="dialog">
    <div id="status" class="notice info" role="status"></div>
    <button class="button" id="stop" type="button" hidden>${texts.passkey.stop}</button>
  </div>`
}

/** A hint for the eye, as nothing proves where a passkey is kept. */
export function passkeyIcon(kept: Keeping): IconName {
  if (kept === 'phone') return 'phone'
  return kept === 'this-device' || kept === 'synced' ? 'computer' : 'key'
}
