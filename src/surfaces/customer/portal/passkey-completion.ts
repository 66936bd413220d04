import { html } from 'hono/html'
import { icon } from '../../frame/icons.ts'
import type { Html, PageContext } from '../../frame/page.ts'
import type { NewPasskeyPageParts } from './new-passkey-parts.ts'
import { rehearsalReminder } from './rehearsal.ts'

/**
 * The content that replaces the stage after 201; a template, so that the page always has one h1. Its
 * notes are hidden until the script knows which of them fits the place that keeps the passkey.
 */
export function passkeyCompletion(
  context: PageContext,
  { secondFactor }: NewPasskeyPageParts,
): Html {
  const { texts } = context
  const words = texts.newPasskey.done
  const toPortal = html`<a
    class="button ${secondFactor === 'passkey' ? 'primary' : ''}"
    href="/portal"
    >${texts.page.toPortal}</a
  >`
  return html`<template id="done">
    <p class="done">${icon('check')}</p>
    <h1 tabindex="-1">${words.title}</h1>
    <p>${words.text}</p>
    <dl class="facts">
      <div>
        <dt>${words.name}</dt>
        <dd data-fact="name"></dd>
      </div>
      <div>
        <dt>${words.place}</dt>
        <dd>
          <span data-fact="place"></span>
          <span class="fact-note" data-fact="kept"></span>
        </dd>
      </div>
    </dl>
    ${Object.entries(words.notes).map(
      ([name, text]) => html`<p class="notice info" data-note="${name}" hidden>${text}</p>`,
    )}
    <p class="actions" data-note="another" hidden>
      <a class="button" href="/portal/passkeys/new">${words.another}</a>
    </p>
    ${
      secondFactor !== 'passkey' &&
      html`<section class="aside">
        <h2>${words.offerTitle}</h2>
        <p>${words.offer}</p>
        <p><a class="button primary" href="/portal/second-factor">${words.offerLink}</a></p>
      </section>`
    }
    ${rehearsalReminder(context)}
    <p class="actions">${toPortal}</p>
  </template>`
}
