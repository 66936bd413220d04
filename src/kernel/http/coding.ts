import { remembered } from './remembered.ts'
import { readWishes } from './wishes.ts'

/** How an answer's body may be packed; the smallest first. */
const codings = ['br', 'gzip', 'identity'] as const

export type Coding = (typeof codings)[number]

/**
 * The coding that an `Accept-Encoding` header likes best; of equals the smallest. Nothing is packed without
 * the header, nor for a client that refuses everything (RFC 9110, §12.5.3).
 */
export const chooseCoding = remembered((acceptEncoding): Coding => {
  const wishes = readWishes(acceptEncoding)
  /** `*` stands only for codings that the header does not name. */
  const quality = (coding: Coding): number => {
    const named = wishes.find(({ name }) => name === coding || name === `x-${coding}`)
    const wish = named ?? wishes.find(({ name }) => name === '*')
    return wish?.quality ?? (coding === 'identity' ? Number.MIN_VALUE : 0)
  }
  const best = Math.max(...codings.map(quality))
  return (best > 0 && codings.find((coding) => quality(coding) === best)) || 'identity'
})
