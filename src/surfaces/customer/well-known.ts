// What programs look up at addresses that are the same everywhere.
import { toIso } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { contactHolds } from '../../limits/node.ts'
import type { Show } from '../frame/serve.ts'
import type { SurfaceDeps } from '../frame/site.ts'

/**
 * Where passkeys are registered and managed (W3C passkey endpoints), where a password is changed (W3C
 * change-password), and whom to tell of a fault (RFC 9116).
 */
export function wellKnown({
  site,
  now,
}: Pick<SurfaceDeps, 'site' | 'now'>): readonly (readonly [string, Show])[] {
  const { origin, links } = site
  const manage = `${origin}/portal`
  const showEndpoints: Show = (visit) => visit.json({ enroll: `${manage}/passkeys/new`, manage })
  const leadToPassword: Show = (visit) => visit.redirect(links.password, 303)
  const showContact: Show = (visit) => {
    if (links.security === null) throw new Problem('not_found')
    const lines = [
      `Contact: ${new URL(links.security, origin).href}`,
      `Expires: ${toIso(now() + contactHolds)}`,
      'Preferred-Languages: ja, en',
      `Canonical: ${origin}/.well-known/security.txt`,
    ]
    return visit.text(`${lines.join('\n')}\n`)
  }
  return [
    ['/.well-known/passkey-endpoints', showEndpoints],
    ['/.well-known/change-password', leadToPassword],
    ['/.well-known/security.txt', showContact],
  ]
}
