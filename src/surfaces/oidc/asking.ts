import { nameIn } from '../../domain/clients/client.ts'
import { findClient } from '../../domain/clients/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { selectRecord } from '../../domain/openid/records.ts'
import type { Language } from '../../kernel/http/language.ts'
import { hashToken, sameText } from '../../kernel/secrets.ts'
import { unpackPayload } from './record-payload.ts'

export interface AskingApplication {
  readonly clientId: string
  readonly name: string
  readonly logo: string | null
  readonly loginHint: string | null
  /** Where it begins, as it is registered. */
  readonly home: string | null
  /** Where giving the sign-in up leads: the client is told of it. */
  readonly leaveTo: string
}

/** The members of an interaction's payload that Sekisho adds or reads. */
export interface KeptInteraction {
  readonly params?: { readonly client_id?: string; readonly login_hint?: string }
  /** The hash of the authorization cookie of the browser in which the interaction began. */
  readonly browser?: string
}

const interactionPath = /^\/oauth2\/interaction\/([A-Za-z0-9_-]{8,64})$/

/** Rule 33: whether an interaction began in the browser whose authorization cookie has that hash. */
export function isOfBrowser({ browser }: KeptInteraction, hash: string | null): boolean {
  return Boolean(browser) && hash !== null && sameText(String(browser), hash)
}

/**
 * The client whose authorization request a sign-in continues to. Null in any other browser than the one
 * in which the request began, as its authorization cookie shows (rule 33).
 */
export async function findAskingApplication(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  continueTo: string,
  authorization: string | undefined,
  language: Language,
): Promise<AskingApplication | null> {
  const uid = interactionPath.exec(continueTo)?.[1]
  if (uid === undefined || authorization === undefined) return null
  const kept = await selectRecord(db, 'Interaction', hashToken(uid), now())
  if (kept === undefined) return null
  const interaction = unpackPayload(uid, kept.payload) as KeptInteraction
  if (!isOfBrowser(interaction, hashToken(authorization))) return null
  const { params } = interaction
  const client = params?.client_id && (await findClient(db, params.client_id))
  if (!client) return null
  return {
    clientId: client.id,
    name: nameIn(client, language),
    logo: client.logo,
    loginHint: params.login_hint ?? null,
    home: client.settings.homeUri ?? null,
    leaveTo: `${continueTo}/leave`,
  }
}
