// `/requests/reopen-many`: of nobody in particular, so that no identity is checked.
import { html } from 'hono/html'
import { longestNetwork } from '../../../limits/stops.ts'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from '../frame/context.ts'
import { deskPage } from '../frame/page.ts'
import { textField, zoned } from '../frame/parts.ts'
import { formFrame, whyFields, type Presence } from './form-parts.ts'

export function manyAskingPage(context: DeskContext, presence: Presence): Html {
  const { texts } = context
  const words = texts.asking
  const title = texts.acts['reopen-many']
  const main = formFrame(context, {
    ...{ title, about: null, back: '/requests', data: { act: 'reopen-many' } },
    fields: html`<p class="notice">${words.manyText}</p>
      <div class="line">
        ${textField({ id: 'stopped-from', name: 'stoppedFrom', label: words.stoppedFrom, hint: words.stoppedFromHint, most: longestNetwork })}
        <div class="field">
          <label for="since">${zoned(context, words.stoppedSince)}</label>
          <input id="since" name="since" type="datetime-local" required />
        </div>
      </div>
      ${whyFields(context)}`,
    ...{ presence, none: words.approversNone, note: words.manyNote },
  })
  return deskPage(context, {
    ...{ title, place: 'requests', script: 'asking', main },
    words: { ...texts.browser.asking, ...texts.browser.operators },
  })
}
