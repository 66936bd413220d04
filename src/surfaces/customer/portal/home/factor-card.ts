import { html } from 'hono/html'
import type { Factor } from '../../../../domain/factors/factors.ts'
import { factorIcons, icon } from '../../../frame/icons.ts'
import type { Html, PageContext } from '../../../frame/page.ts'
import { onward, type WayBack } from '../../../oidc/way-back.ts'

interface FactorParts {
  readonly secondFactor: Factor
  /** Whether the switch to the passkey is what the holder has to do first. */
  readonly switchIsNext: boolean
  readonly back: WayBack | null
}

/** The second factor in force, and the way to the other one. */
export function factorCard(
  { texts }: PageContext,
  { secondFactor, switchIsNext, back }: FactorParts,
): Html {
  const words = texts.portal
  return html`<section class="card" aria-labelledby="factor-title">
    <h2 id="factor-title">${words.factorTitle}</h2>
    <div class="item">
      ${icon(factorIcons[secondFactor])}
      <div>
        <p class="muted small">${words.factorNow}</p>
        <p class="item-name">${words.factors[secondFactor]}</p>
        <p class="small">${words.factorTexts[secondFactor]}</p>
      </div>
    </div>
    ${switchIsNext && html`<p class="notice info">${words.factorAdvice}</p>`}
    <p class="actions">
      <a
        class="button ${switchIsNext ? 'primary' : ''}"
        href="${onward('/portal/second-factor', back)}"
        >${words.factorLink}</a
      >
    </p>
  </section>`
}
