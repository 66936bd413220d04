// How to reach customer support: on every page, and where people are stuck.
import { html } from 'hono/html'
import type { Language } from '../../kernel/http/language.ts'
import type { Texts } from '../../text/texts.ts'
import type { Site } from './site.ts'

type Html = ReturnType<typeof html>

interface Where {
  readonly language: Language
  readonly texts: Texts
  readonly site: Pick<Site, 'support'>
}

/** The telephone numbers, which dial at a press, and the hours; null where the broker says nothing. */
export function supportContact(
  { language, texts, site: { support } }: Where,
  label: string = texts.page.support,
): Html | null {
  const { phone, phoneAbroad } = support
  const hours = support.hours[language]
  if (phone === null && phoneAbroad === null && hours === null) return null
  return html`<div class="support">
    <p>${label} ${phone && html`<strong>${telephoneLink(phone)}</strong>`}</p>
    ${phoneAbroad && html`<p>${texts.page.fromAbroad} <strong>${telephoneLink(phoneAbroad)}</strong></p>`}
    ${hours && html`<p>${hours}</p>`}
  </div>`
}

/** A link that dials, if the text is a number and nothing else. */
function telephoneLink(telephone: string): Html | string {
  if (!/^\+?[\d() -]{6,20}$/.test(telephone)) return telephone
  return html`<a href="tel:${telephone.replace(/[() -]/g, '')}">${telephone}</a>`
}
