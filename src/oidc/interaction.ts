// /oauth2/interaction/UID: the only place that finishes an authorization request's interaction, and only
// when its own cookie and a session of ours that fits come in the same request.
import { errors, type default as Provider } from 'oidc-provider'
import { findClient } from '../clients/registry.ts'
import type { Deps } from '../deps.ts'
import { seconds } from '../ground/clock.ts'
import { pageContext } from '../ground/page-context.ts'
import type { Visit } from '../ground/visit.ts'
import { listPasskeys } from '../passkeys/list.ts'
import { passkeyRow } from '../passkeys/view.ts'
import { amrOf, type Session } from '../sessions/session.ts'
import { currentSession } from '../sessions/current.ts'
import { oidcTexts } from '../text/oidc.ts'
import { noPasskeyPage, plainPage, signInAgainPage, stepUpPage } from './pages.ts'
import { canBeMet, fits, needsPasskey, readStrength, type StrengthRequest } from './strength.ts'
import { wishedLanguage } from './ui-locales.ts'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** Finishes the interaction, or shows what is missing. */
export async function showInteraction(visit: Visit, provider: Provider): Promise<Response> {
  const deps = visit.get('deps')
  const interaction = await findInteraction(visit, provider)
  if (!interaction) return showExpired(visit)
  const session = await currentSession(deps, visit)
  const asked = readStrength(interaction.params, interaction.iat * seconds)
  if (!canBeMet(asked)) {
    return refuse(visit, provider, 'unmet_authentication_requirements')
  }
  if (!session) {
    return visit.redirect(signInAddress(interaction), 303)
  }
  const wanted = [interaction.session?.accountId, hintedAccount(interaction)]
  if (wanted.some((account) => account !== undefined && account !== session.account.id)) {
    return refuse(visit, provider, 'login_required')
  }
  if (fits(session, asked, deps.now())) return finish(visit, provider, session)
  return showMissing(visit, deps, interaction, session, asked)
}

/** Gives the request up: the application hears why. */
export async function leaveInteraction(visit: Visit, provider: Provider): Promise<Response> {
  const interaction = await findInteraction(visit, provider)
  if (!interaction) return showExpired(visit)
  const session = await currentSession(visit.get('deps'), visit)
  const asked = readStrength(interaction.params, null)
  const unmet = session !== null && needsPasskey(asked)
  const error = unmet ? 'unmet_authentication_requirements' : 'access_denied'
  return refuse(visit, provider, error)
}

async function showMissing(
  visit: Visit,
  deps: Deps,
  interaction: Interaction,
  { account }: Session,
  asked: StrengthRequest,
): Promise<Response> {
  const wish = wishedLanguage(interaction.params)
  if (wish) visit.set('language', wish)
  const context = pageContext(deps, visit, { signedIn: true })
  const client = await findClient(deps.db, String(interaction.params['client_id']))
  const parts = {
    application: client ?? { name: deps.config.brand.name, logo: null },
    leaveTo: `/oauth2/interaction/${interaction.uid}/leave`,
  }
  const passkeys = await listPasskeys(deps.db, account.id)
  if (passkeys.length > 0) {
    const rows = passkeys.map((passkey) => passkeyRow(passkey, context.texts))
    return visit.html(stepUpPage(context, { ...parts, passkeys: rows }))
  }
  if (needsPasskey(asked)) return visit.html(noPasskeyPage(context, parts))
  return visit.html(signInAgainPage(context, parts))
}

async function finish(visit: Visit, provider: Provider, session: Session): Promise<Response> {
  const { incoming, outgoing } = visit.env
  const returnTo = await provider.interactionResult(incoming, outgoing, {
    login: {
      accountId: session.account.id,
      sessionId: session.id,
      acr: session.acr,
      amr: [...amrOf(session.acr)],
      ts: Math.floor(session.provenAt / seconds),
      remember: false,
    },
  })
  return visit.redirect(returnTo, 303)
}

async function refuse(visit: Visit, provider: Provider, error: string): Promise<Response> {
  const { incoming, outgoing } = visit.env
  const result = { error, error_description: descriptions[error] ?? error }
  return visit.redirect(await provider.interactionResult(incoming, outgoing, result), 303)
}

const descriptions: Readonly<Record<string, string>> = {
  access_denied: 'the sign-in was given up',
  login_required: 'another account signed in than the one that was asked for',
  unmet_authentication_requirements: 'the sign-in that was asked for cannot be given',
}

/** Null outside of the browser that began it (rule 33). */
async function findInteraction(visit: Visit, provider: Provider): Promise<Interaction | null> {
  const { incoming, outgoing } = visit.env
  const details = provider.interactionDetails(incoming, outgoing)
  const interaction = await details.catch((error: unknown) => {
    if (error instanceof errors.SessionNotFound) return null
    throw error
  })
  return interaction?.uid === visit.req.param('uid') ? interaction : null
}

function signInAddress(interaction: Interaction): string {
  const query = new URLSearchParams({ continueTo: `/oauth2/interaction/${interaction.uid}` })
  const wish = wishedLanguage(interaction.params)
  if (wish) query.set('lang', wish)
  return `/sign-in?${query.toString()}`
}

/** Whose sign-in `id_token_hint` asks for; the library has verified it before it came here. */
function hintedAccount({ params }: Interaction): string | undefined {
  const [, payload] = String(params['id_token_hint'] ?? '').split('.')
  if (!payload) return undefined
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub?: string }
  return claims.sub
}

function showExpired(visit: Visit): Response | Promise<Response> {
  const context = pageContext(visit.get('deps'), visit)
  const words = oidcTexts[context.language]
  return visit.html(plainPage(context, words.expiredTitle, words.expired), 400)
}
