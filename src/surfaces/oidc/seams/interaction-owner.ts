import type { AdapterPayload } from 'oidc-provider'
import type { Session } from '../../../domain/sessions/session.ts'
import type { Seam } from './seam.ts'

export const interactionOwner: Seam = {
  changes: `An interaction reaches the library without the uid of the session that it began in, and its
    result only while the browser has the session that gave the result.`,
  because: `The library compares uids of its own sessions, which follow cookies that another host may
    have planted. Sekisho compares the authorization cookie and its own session instead (rule 33).`,
  methods: ['Interaction.find'],
  texts: [
    ['provider.js', 'if (interaction.session?.uid)'],
    ['actions/authorization/resume.js', 'if (originSession?.uid &&'],
  ],
}

interface AnsweredInteraction {
  readonly result?: { readonly login?: { readonly sessionId?: string } }
  readonly session?: { readonly uid?: string }
  readonly browser?: string
}

/** What the library may know of an interaction. Without a result it judges the request anew. */
export function interactionFor(own: Session | null, kept: AdapterPayload): AdapterPayload {
  const interaction = kept as AdapterPayload & AnsweredInteraction
  const { browser: _browser, session, result, ...payload } = interaction
  const { uid: _uid, ...begunIn } = session ?? {}
  const isOwn = !result?.login || result.login.sessionId === own?.id
  return {
    ...payload,
    ...(session && { session: begunIn }),
    ...(result && isOwn && { result }),
  } as AdapterPayload
}
