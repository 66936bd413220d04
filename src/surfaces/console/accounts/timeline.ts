// Everything that happened to an account, in one list, filtered by kind.
import { html } from 'hono/html'
import type { Html } from '../../frame/page.ts'
import type { DeskContext } from '../frame/context.ts'
import { shownTime } from '../frame/parts.ts'
import type { EventsView } from './page-routes.ts'

type EventLine = EventsView['events'][number]

interface TimelineParts {
  readonly view: { readonly id: string }
  readonly timeline: EventsView
  readonly kinds: readonly string[]
  readonly kind: string | null
}

export function timelineCard(context: DeskContext, parts: TimelineParts): Html {
  const words = context.texts.account
  const { view, timeline, kinds, kind } = parts
  const named: Readonly<Record<string, string>> = words.kinds
  const address = (query: Record<string, string>) =>
    `/accounts/${view.id}?${new URLSearchParams(query)}#timeline-title`
  return html`<section class="card" aria-labelledby="timeline-title">
    <h2 id="timeline-title">${words.timeline}</h2>
    <nav aria-label="${words.kind}">
      <ul class="filters">
        <li>
          <a href="${address({})}" aria-current="${kind === null ? 'true' : 'false'}"
            >${words.allKinds}</a
          >
        </li>
        ${kinds.map(
          (one) =>
            html`<li>
              <a href="${address({ kind: one })}" aria-current="${one === kind ? 'true' : 'false'}"
                >${named[one] ?? one}</a
              >
            </li>`,
        )}
      </ul>
    </nav>
    ${
      timeline.events.length === 0
        ? html`<p class="muted">${context.texts.browser.account.noEvents}</p>`
        : html`<ol class="timeline">
            ${timeline.events.map((one) => line(context, one))}
          </ol>`
    }
    ${
      timeline.next &&
      html`<p class="links">
        <a href="${address({ ...(kind && { kind }), before: timeline.next })}">${words.older}</a>
      </p>`
    }
  </section>`
}

function line(context: DeskContext, one: EventLine): Html {
  const words = context.texts.account
  const actors: Readonly<Record<string, string>> = words.actors
  const by = one.by.name ?? actors[one.by.who] ?? one.by.who
  const from = [one.browser, one.system].filter((part) => part !== null).join(' / ')
  return html`<li>
    ${shownTime(context, one.at)}
    <span
      >${eventWords(context, one)}${one.passkeyName && context.texts.frame.quoted(one.passkeyName)}${causeWords(context, one)}</span
    >
    <span class="by">${[by, from, one.address].filter(Boolean).join('　')}</span>
  </li>`
}

/** As the holder reads it, or in the desk's own words where the holder does not. */
function eventWords({ texts, customerTexts }: DeskContext, { event }: EventLine): string {
  const known: Readonly<Record<string, string>> = { ...customerTexts.activity, ...texts.events }
  return known[event] ?? event
}

/** Why, in the fixed words of the records, and what an operator gave as the reason. */
function causeWords({ texts }: DeskContext, { detail, by }: EventLine): string {
  const causes: Readonly<Record<string, string>> = texts.eventCauses
  const given = [
    detail['way'],
    detail['factor'],
    detail['why'],
    detail['reason'],
    detail['to'],
    detail['level'],
  ]
  const words = given.flatMap((one) => (typeof one === 'string' ? (causes[one] ?? []) : []))
  const { reason, ticket } = by.who === 'operator' ? detail : {}
  for (const said of [reason, ticket]) if (typeof said === 'string') words.push(said)
  return words.length > 0
    ? texts.frame.inBrackets([...new Set(words)].join(texts.frame.listed))
    : ''
}
