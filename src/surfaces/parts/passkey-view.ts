// A passkey as the API tells it and as the pages list it.
import { z } from 'zod'
import type { Passkey } from '../../domain/passkeys/passkey.ts'
import { keepingOf, keepings, placeOf } from '../../domain/passkeys/place.ts'
import { toIso } from '../../kernel/clock.ts'
import type { Texts } from '../../text/texts.ts'
import { isoTime } from '../frame/action.ts'
import type { PasskeyRow } from './passkey-pages.ts'

export const passkeySummary = z.object({
  id: z.string(),
  name: z.string(),
  place: z.string(),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
})

export const passkeyView = passkeySummary.extend({
  backedUp: z.boolean(),
  transports: z.array(z.string()),
  kept: z.enum(keepings),
})

/** What a sign-in may show before its second factor is proven. */
export function summarisePasskey(passkey: Passkey, texts: Texts): z.output<typeof passkeySummary> {
  const { id, name, createdAt, lastUsedAt } = passkey
  return {
    id,
    name,
    place: placeOf(passkey, texts),
    createdAt: toIso(createdAt),
    lastUsedAt: toIso(lastUsedAt),
  }
}

/** What the holder sees of a passkey in the portal. */
export function viewPasskey(passkey: Passkey, texts: Texts): z.output<typeof passkeyView> {
  const { backedUp, transports } = passkey
  const kept = keepingOf(passkey)
  return { ...summarisePasskey(passkey, texts), backedUp, transports: [...transports], kept }
}

/** The row of a page's list. */
export function passkeyRow(passkey: Passkey, texts: Texts): PasskeyRow & { backedUp: boolean } {
  const { id, name, createdAt, lastUsedAt, backedUp } = passkey
  const [place, kept] = [placeOf(passkey, texts), keepingOf(passkey)]
  return { id, name, place, kept, createdAt, lastUsedAt, backedUp }
}
