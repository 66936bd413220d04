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
export function waysOn({ texts }: PageContext, back: WayBack | null): Html {
  const toPortal = onward('/portal', back)
  if (!back) {
    return html`<p class="actions">
      ${linkButton(toPortal, texts.page.toPortal, { isMain: true })}
    </p>`
  }
  return html`<p class="actions">
    ${linkButton(back.address, texts.page.backTo(back.name), { isMain: true })}
    ${linkButton(toPortal, texts.page.toPortal, { isMain: false })}
  </p>`
}

/** A further step, with the reason for it. */
export function furtherStep(
  { title, text, link }: { readonly title: string; readonly text: string; readonly link: string },
  address: string,
  weight: Weight,
): Html {
  return html`<section class="aside">
    <h2>${title}</h2>
    <p>${text}</p>
    <p>${linkButton(address, link, weight)}</p>
  </section>`
}

interface Weight {
  /** Whether it is the page's one main button. */
  readonly isMain: boolean
}

/** A link in the form of a button. */
export function linkButton(address: string, label: string, { isMain }: Weight): Html {
  return html`<a class="button ${isMain ? 'primary' : ''}" href="${address}">${label}</a>`
}
