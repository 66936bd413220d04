// What support is to do to the account and waits (rule 38), as its holder sees it.
import { html } from 'hono/html'
import { z } from 'zod'
import { selectPending } from '../../domain/requests/pending.ts'
import type { DeskRequest } from '../../domain/requests/request.ts'
import { accountActs, type AccountAct } from '../../domain/vocabulary/desk.ts'
import { toIso } from '../../kernel/clock.ts'
import { formatTime } from '../../kernel/time.ts'
import { isoTime } from '../frame/action.ts'
import type { Html, PageContext } from '../frame/page.ts'
import type { SurfaceDeps } from '../frame/site.ts'

export const pendingView = z.object({
  id: z.string(),
  acts: z.array(z.enum(accountActs)),
  takesEffectAt: isoTime,
})

export function viewPending(request: DeskRequest): z.output<typeof pendingView> {
  return {
    id: request.id,
    acts: [...actsOf(request)],
    takesEffectAt: toIso(request.takesEffectAt ?? request.expiresAt),
  }
}

function actsOf({ names }: DeskRequest): readonly AccountAct[] {
  return accountActs.filter((act) => names.includes(act))
}

/** What is done, and when, in one sentence. */
export function sayPending({ texts, timeZone }: PageContext, request: DeskRequest): string {
  const time = formatTime(request.takesEffectAt ?? request.expiresAt, timeZone)
  return texts.pending.at(sayActs(texts, request), time)
}

function sayActs({ pending }: PageContext['texts'], request: DeskRequest): string {
  return actsOf(request)
    .map((act) => pending.acts[act])
    .join(pending.and)
}

/** The address of the page on which one is cancelled. */
function pendingAddress({ id }: Pick<DeskRequest, 'id'>): string {
  return `/portal/pending/${id}`
}

/** `nowhere`: a sign-in that no passkey can end. */
type Where = 'portal' | 'passkey' | 'email-code' | 'nowhere'

/**
 * The context of a page that shows above its content what waits for the account. In the portal a link leads to where
 * it is cancelled, at the passkey a button that uses the passkey first.
 */
export async function withPending(
  { db }: Pick<SurfaceDeps, 'db'>,
  context: PageContext,
  accountId: string,
  where: Where,
): Promise<PageContext> {
  const pending = await selectPending(db, accountId)
  if (pending.length === 0) return context
  return { ...context, announced: html`${context.announced} ${card(context, pending, where)}` }
}

function card(context: PageContext, pending: readonly DeskRequest[], where: Where): Html {
  const words = context.texts.pending
  const advice = {
    portal: words.ifNot,
    passkey: words.atPasskey,
    'email-code': words.atCode,
    nowhere: words.cannot,
  }
  return html`<section class="notice warn" aria-labelledby="pending-title">
    <h2 id="pending-title">${words.title}</h2>
    ${pending.map(
      (request) =>
        html`<p>${sayPending(context, request)}</p>
          ${cancelControl(context, request, where, pending.length === 1)}`,
    )}
    <p class="small">${advice[where]}</p>
  </section>`
}

function cancelControl(
  { texts }: PageContext,
  request: DeskRequest,
  where: Where,
  isAlone: boolean,
): Html | null {
  const { cancel, cancelOne } = texts.pending
  const label = isAlone ? cancel : cancelOne(sayActs(texts, request))
  const address = pendingAddress(request)
  if (where === 'email-code' || where === 'nowhere') return null
  if (where === 'portal') {
    return html`<p class="actions">
      <a class="button" href="${address}" aria-label="${label}">${cancel}</a>
    </p>`
  }
  return html`<p class="actions">
    <button class="button" type="button" data-pending="${address}" aria-label="${label}" disabled>
      ${cancel}
    </button>
  </p>`
}
