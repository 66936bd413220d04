// A passkey as the API tells it and as the pages list it.
import { z } from 'zod'
import { isoTime } from '../ground/action.ts'
import { toIso } from '../ground/clock.ts'
import type { Texts } from '../text/texts.ts'
import type { PasskeyRow } from './pages.ts'
import type { Passkey } from './passkey.ts'
import { placeOf } from './place.ts'

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
  return { ...summarisePasskey(passkey, texts), backedUp, transports: [...transports] }
}

/** The row of a page's list. */
export function passkeyRow(passkey: Passkey, texts: Texts): PasskeyRow & { backedUp: boolean } {
  const { id, name, createdAt, lastUsedAt, transports, backedUp } = passkey
  return { id, name, place: placeOf(passkey, texts), createdAt, lastUsedAt, transports, backedUp }
}
