import { html } from 'hono/html'
import type { Html, PageContext } from '../../frame/page.ts'
import { onward, type WayBack } from '../../oidc/way-back.ts'

/** The links on top of a portal's page: to the application that a person came from, and to the portal. */
export function backLinks({ texts }: PageContext, back: WayBack | null): Html {
  return html`<p class="back">
    ${back && html`<a href="${back.address}">${texts.page.backTo(back.name)}</a>`}
    <a href="${onward('/portal', back)}">${texts.page.toPortal}</a>
  </p>`
}

/** The way on from an end: to the application that a person came from, else to the portal. */
export function waysOn(
  { texts }: PageContext,
  back: WayBack | null,
  { isMain }: { readonly isMain: boolean },
): Html {
  const toPortal = (kind: string) =>
    html`<a class="button ${kind}" href="${onward('/portal', back)}">${texts.page.toPortal}</a>`
  if (!back) return html`<p class="actions">${toPortal(isMain ? 'primary' : '')}</p>`
  return html`<p class="actions">
    <a class="button primary" href="${back.address}">${texts.page.backTo(back.name)}</a>
    ${toPortal('')}
  </p>`
}
