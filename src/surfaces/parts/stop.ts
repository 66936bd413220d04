// 「緊急停止」: one button, which asks once more; what it does and the way back are said before it is done.
import { html } from 'hono/html'
import { stopLevels, type StopLevel } from '../../domain/vocabulary/life.ts'
import type { Html, PageContext } from '../frame/page.ts'
import { supportContact } from '../frame/support-contact.ts'

interface StopParts {
  readonly address: string
  readonly levels: readonly StopLevel[]
  /** How long the two lower levels cannot be lifted, where that is so. In milliseconds. */
  readonly liftWait?: number | null
}

/** The section, with the levels that may be chosen: on the pages of a sign-in there is the strongest alone. */
export function stopSection(
  context: PageContext,
  { address, levels, liftWait = null }: StopParts,
): Html {
  const words = context.texts.stop
  return html`<section
    class="card stop"
    id="emergency-stop"
    aria-labelledby="stop-title"
    tabindex="-1"
  >
    <h2 id="stop-title">${words.title}</h2>
    <p>${words.lead}</p>
    <p class="actions">
      <button class="button danger" id="stop-open" type="button" aria-haspopup="dialog" disabled>
        ${words.button}
      </button>
    </p>
    <dialog class="card proof" id="stop-dialog" aria-labelledby="stop-ask">
      <form class="form" id="stop-form" method="post" data-address="${address}" novalidate>
        <h2 id="stop-ask" tabindex="-1">${words.ask}</h2>
        ${levels.length > 1 ? chooser(context, levels) : html`<p>${words.means['sign-in']}</p>`}
        ${levels.length > 1 && liftWait !== null && html`<p class="small">${words.liftAfter(liftWait)}</p>`}
        <p class="small">${words.orders}</p>
        <div class="notice error" role="alert" tabindex="-1" data-problem></div>
        <div class="notice info" role="status" data-status></div>
        <p class="actions">
          <button class="button danger" type="submit" disabled>${words.confirm}</button>
          <button class="button" id="stop-cancel" type="button">${words.cancel}</button>
        </p>
      </form>
    </dialog>
    ${done(context)}
  </section>`
}

/** All levels, the strongest first: who is in fear chooses nothing. */
export const levelsInPortal: readonly StopLevel[] = stopLevels.toReversed()

function chooser({ texts }: PageContext, levels: readonly StopLevel[]): Html {
  const words = texts.stop
  return html`<fieldset class="choices">
    <legend>${words.levels.legend}</legend>
    ${levels.map(
      (level, index) =>
        html`<label class="choice">
          <input type="radio" name="level" value="${level}" ${index === 0 ? 'checked' : ''} />
          <span class="choice-text">
            <span class="choice-name">${words.levels[level]}</span>
            <span class="choice-note">${words.means[level]}</span>
          </span>
        </label>`,
    )}
  </fieldset>`
}

/** The page's script puts it in place of the content: nothing of the account is left on the screen. */
function done(context: PageContext): Html {
  const words = context.texts.stop
  return html`<template id="stop-done">
    <section class="card">
      <h1 tabindex="-1">${words.doneTitle}</h1>
      <p>${words.doneText}</p>
      <p>${words.doneBack}</p>
      ${supportContact(context)}
      <p class="muted small">${words.doneMail}</p>
    </section>
  </template>`
}
