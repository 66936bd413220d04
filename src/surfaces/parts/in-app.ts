// Out of an app's web view, in which passkeys do not work, into a browser.
import { html } from 'hono/html'
import { signInTo } from '../../domain/sign-ins/continue-to.ts'
import type { Surroundings } from '../../kernel/http/user-agent.ts'
import { findFacts } from '../../text/environments.ts'
import type { Html, PageContext } from '../frame/page.ts'

/**
 * Says that a page inside another app has no passkeys, and leads out: to the home of the application that asks,
 * else to where a sign-in goes on to the same page. Where it is not sure, the page's script shows it: some
 * apps can use passkeys. Null outside of apps.
 */
export function inAppNotice(
  context: PageContext,
  continueTo: string | null,
  home: string | null = null,
): Html | null {
  const { texts, language, device, site } = context
  const [fact] = findFacts('app', device)
  if (!fact) return null
  const words = texts.page.inApp
  const address = new URL(home ?? outside(continueTo), site.origin)
  const way = wayOut(address, device)
  return html`<section
    class="notice warn"
    id="in-app"
    aria-label="${words.label}"
    data-sign="${fact.sign ?? ''}"
    ${fact.works === 'perhaps' && 'hidden'}
  >
    <p>${fact.says[language]}</p>
    <p>
      ${way ? words.copyHint : words.copyOnly}
      <span id="in-app-address" translate="no">${address.href}</span>
    </p>
    <p class="actions">
      ${way && html`<a class="button" href="${way}">${words.open}</a>`}
      <button class="button" id="in-app-copy" type="button" data-done="${words.copied}">
        ${words.copy}
      </button>
    </p>
  </section>`
}

/** Rule 33 binds a request of an application to the browser that began it, so its id never leads to another. */
function outside(continueTo: string | null): string {
  const [path = '', search] = (continueTo ?? '').split('?')
  if (!path.startsWith('/portal/')) return '/sign-in'
  const query = new URLSearchParams(search)
  query.delete('continueTo')
  const page = query.size > 0 ? `${path}?${query.toString()}` : path
  return signInTo(page)
}

/** An address that opens the browser from there; without one it can only be copied. */
function wayOut(address: URL, { app, system }: Surroundings): string | null {
  if (app === 'line') {
    const link = new URL(address)
    link.searchParams.set('openExternalBrowser', '1')
    return link.href
  }
  if (system !== 'Android') return null
  const { host, pathname, search, protocol } = address
  const action = 'action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE'
  return `intent://${host}${pathname}${search}#Intent;scheme=${protocol.slice(0, -1)};${action};end`
}
