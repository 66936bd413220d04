import type { Deps } from '../deps.ts'
import { hashToken } from '../ground/secrets.ts'
import { selectClient, selectInteraction } from './store.ts'

export interface AskingApplication {
  readonly name: string
  readonly logo: string | null
  readonly loginHint: string | null
  /** Where giving the sign-in up leads: the application hears of it. */
  readonly leaveTo: string
}

/** Stands for a record's id in its payload, as the id is a bearer secret; JSON writes it otherwise. */
export const idMark = '\u0001'

interface AskedFor {
  readonly client_id?: string
  readonly login_hint?: string
}

const interactionPath = /^\/oauth2\/interaction\/([A-Za-z0-9_-]{8,64})$/

/** The application whose authorization request a sign-in continues to, or null. */
export async function findAskingApplication(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  continueTo: string,
): Promise<AskingApplication | null> {
  const uid = interactionPath.exec(continueTo)?.[1]
  if (uid === undefined) return null
  const payload = await selectInteraction(db, hashToken(uid), now())
  const asked = payload === undefined ? undefined : readAsked(payload)
  const client = asked?.client_id && (await selectClient(db, asked.client_id))
  if (!client) return null
  return {
    name: client.name,
    logo: client.logo,
    loginHint: asked.login_hint ?? null,
    leaveTo: `${continueTo}/leave`,
  }
}

function readAsked(payload: string): AskedFor | undefined {
  return (JSON.parse(payload.replaceAll(idMark, '')) as { params?: AskedFor }).params
}
