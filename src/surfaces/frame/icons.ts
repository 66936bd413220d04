// Drawings beside words that say the same, so they are hidden from screen readers.
import { html, raw } from 'hono/html'
import type { Factor } from '../../domain/factors/factors.ts'
import type { Html } from './page.ts'

const drawings = {
  computer: '<rect x="3.5" y="4.5" width="17" height="11" rx="1.5"/><path d="M2 19.5h20"/>',
  phone: '<rect x="7" y="2.5" width="10" height="19" rx="2"/><path d="M11 18.5h2"/>',
  devices:
    '<path d="M12.5 15.5H5A1.5 1.5 0 0 1 3.5 14V6A1.5 1.5 0 0 1 5 4.5h13A1.5 1.5 0 0 1 19.5 6v1.5M2 19.5h10.5"/><rect x="15.5" y="10.5" width="6.5" height="10" rx="1.5"/>',
  key: '<circle cx="8" cy="8" r="4.5"/><path d="m11.2 11.2 8.3 8.3M16 16l2.5-2.5"/>',
  mail: '<rect x="2.5" y="5" width="19" height="14" rx="1.5"/><path d="m3 6.5 9 6.5 9-6.5"/>',
  shield: '<path d="M12 2.5 4.5 5.5v6c0 4.6 3.1 8 7.5 10 4.4-2 7.5-5.4 7.5-10v-6z"/>',
  check: '<circle cx="12" cy="12" r="9.5"/><path d="m7.5 12.5 3 3 6-6.5"/>',
  book: '<path d="M12 6c-2-1.5-5-2-8.5-2v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4C17 4 14 4.5 12 6zm0 0v14"/>',
  alert: '<path d="M12 3 2 20.5h20zM12 10v4.5m0 3v.1"/>',
  clock: '<circle cx="12" cy="12" r="9.5"/><path d="M12 6.5V12l3.5 2"/>',
} as const

export type IconName = keyof typeof drawings

/** The drawing beside the name of each second factor. */
export const factorIcons = {
  email: 'mail',
  passkey: 'shield',
} as const satisfies Record<Factor, IconName>

/** A line drawing of 24 units in the colour of the text around it. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${raw(drawings[name])}
  </svg>`
}
