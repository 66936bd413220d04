import { isLogoHash } from '../../domain/clients/logo.ts'
import { selectLogo } from '../../domain/clients/store.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { Visit } from '../frame/visit.ts'

/** An SVG opened by itself is a document of our origin, so this policy lets it run and load nothing. */
const drawnOnly = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** `/assets/logos/HASH`, for everybody: the sign-in shows it before it knows who signs in. */
export async function showLogo(visit: Visit): Promise<Response> {
  const hash = visit.req.param('hash') ?? ''
  const logo = isLogoHash(hash) && (await selectLogo(visit.get('deps').db, hash))
  if (!logo) throw new Problem('not_found')
  visit.header('Content-Type', logo.type)
  visit.header('Content-Security-Policy', drawnOnly)
  visit.header('Cache-Control', 'public, max-age=31536000, immutable')
  return visit.body(logo.content)
}
