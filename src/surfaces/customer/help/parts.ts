import { html } from 'hono/html'
import type { HelpLink, Passage } from '../../../text/help/help-texts.ts'
import type { Html } from '../../frame/page.ts'

/** The paragraphs, points and steps of a passage, under a heading that stands before them. */
export function passage({ texts = [], points = [], steps = [], after = [] }: Body): Html {
  return html`${texts.map(paragraph)}
  ${
    points.length > 0
      ? html`<ul class="bullets">
          ${points.map(item)}
        </ul>`
      : null
  }
  ${
    steps.length > 0
      ? html`<ol class="help-steps">
          ${steps.map(item)}
        </ol>`
      : null
  }
  ${after.map(paragraph)}`
}

type Body = Omit<Passage, 'title'>

const paragraph = (text: string) => html`<p>${text}</p>`
const item = (text: string) => html`<li>${text}</li>`

/** Links to pages of a device's maker, under a heading. */
export function makersLinks(title: string, pages: readonly HelpLink[]): Html | null {
  if (pages.length === 0) return null
  return html`<h3>${title}</h3>
    ${links(pages)}`
}

/** Links to further pages. */
export function links(pages: readonly HelpLink[]): Html {
  return html`<ul class="help-links">
    ${pages.map(({ name, address }) => html`<li><a href="${address}">${name}</a></li>`)}
  </ul>`
}
