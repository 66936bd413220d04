import { html } from 'hono/html'
import type { ListedEvent } from '../../../../domain/audit/events.ts'
import type { Failures } from '../../../../domain/audit/list.ts'
import type { Device } from '../../../../kernel/http/user-agent.ts'
import { formatTime } from '../../../../kernel/time.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { deviceWords } from '../passkeys/device-words.ts'

interface EventRow extends Device {
  readonly event: ListedEvent
  readonly at: number
}

export interface ActivityParts {
  readonly events: readonly EventRow[]
  readonly failures: readonly Failures[]
}

/** What was done to the account lately, and how often what failed. */
export function activityCard(context: PageContext, { events, failures }: ActivityParts): Html {
  const words = context.texts.portal
  return html`<section class="card" aria-labelledby="activity-title">
    <h2 id="activity-title">${words.activityTitle}</h2>
    ${
      events.length === 0
        ? html`<p>${words.activityNone}</p>`
        : html`<ul class="items">
            ${events.map((event) => eventItem(context, event))}
          </ul>`
    }
    ${failures.length > 0 && failuresList(context, failures)}
    <p class="muted small">${context.texts.takingBack.doubts}</p>
  </section>`
}

function eventItem(context: PageContext, event: EventRow): Html {
  const { texts, timeZone } = context
  const what = texts.activity[event.event]
  const at = formatTime(event.at, timeZone)
  return html`<li class="item">
    <div>
      <p>${what}</p>
      <p class="muted small"><span>${at}</span> <span>${deviceWords(texts.portal, event)}</span></p>
    </div>
    ${doubt(context, what, at)}
  </li>`
}

/** Beside each line the way to the brake. */
function doubt({ texts }: PageContext, what: string, at: string): Html {
  const words = texts.takingBack
  return html`<a class="doubt" href="#emergency-stop" aria-label="${words.doubtName(what, at)}"
    >${words.doubt}</a
  >`
}

/** Failures are counted, not listed: anybody can cause them, and they must push no event out of the list. */
function failuresList(context: PageContext, failures: readonly Failures[]): Html {
  const { texts, timeZone } = context
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
            ${doubt(context, texts.activity[event], formatTime(lastAt, timeZone))}
          </li>`,
      )}
    </ul>`
}
