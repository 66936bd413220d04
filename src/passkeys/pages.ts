import { html } from 'hono/html'
import { icon } from '../ground/icons.ts'
import type { IconName } from '../ground/icons.ts'
import type { Html, PageContext } from '../ground/page.ts'
import { formatTime } from '../ground/time.ts'

/** A passkey as pages show it; times are milliseconds, rows come in the order to show. */
export interface PasskeyRow {
  readonly id: string
  readonly name: string
  /** Where it is kept, in words. */
  readonly place: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly transports: readonly string[]
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
          <input type="radio" name="passkeyId" value="${row.id}" ${index === 0 && 'checked'} />
          ${icon(passkeyIcon(row.transports))}
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

/** The kind of device that the transports suggest: a hint for the eye, as nothing proves it. */
export function passkeyIcon(transports: readonly string[]): IconName {
  if (transports.includes('internal')) return 'computer'
  if (transports.includes('hybrid') || transports.includes('cable')) return 'phone'
  return 'key'
}
