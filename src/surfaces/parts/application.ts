import { html } from 'hono/html'
import type { Html } from '../frame/page.ts'

/** The name, and the logo where there is one, of the application that people are about to return to. */
export function applicationName({ name, logo }: { name: string; logo: string | null }): Html {
  return html`<p class="application">
    ${logo && html`<img src="${logo}" alt="" height="28" />`} <span>${name}</span>
  </p>`
}
