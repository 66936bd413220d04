// Lists that go on: `next` of one page is `before` of the following.
import type { Place } from '../../../domain/tables/place.ts'
import { deskPage } from '../../../limits/desk.ts'
import { invalidRequest } from '../../frame/action.ts'
import type { Visit } from '../../frame/visit.ts'

const place = /^(\d{1,15})\.([\w-]{1,64})$/

/** Where the page begins that is asked for; null for the first. 400 `invalid_request`. */
export function readBefore(visit: Visit): Place | null {
  const before = visit.req.query('before')
  if (before === undefined) return null
  const found = readPlace(before)
  if (found) return found
  throw invalidRequest([{ path: 'before', message: 'is no `next` of this list' }])
}

/** Null for a text that `writePlace` did not make. */
export function readPlace(text: string): Place | null {
  const [, at, id] = place.exec(text) ?? []
  return at === undefined || id === undefined ? null : { at: Number(at), id }
}

export function writePlace({ at, id }: Place): string
export function writePlace(next: Place | null): string | null
export function writePlace(next: Place | null): string | null {
  return next && `${next.at}.${next.id}`
}

/** A page of what was read, which is one more than a page where there are more, and where the next one begins. */
export function turnPage<R>(
  found: readonly R[],
  placeOf: (row: R) => Place,
): { readonly rows: readonly R[]; readonly next: string | null } {
  const rows = found.slice(0, deskPage)
  const last = rows.at(-1)
  return { rows, next: found.length > deskPage && last ? writePlace(placeOf(last)) : null }
}
