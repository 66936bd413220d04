import { operatorSessionEnd, type OperatorSession } from '../../../domain/operators/operator.ts'
import type { OperatorRole } from '../../../domain/vocabulary/desk.ts'
import type { Language } from '../../../kernel/http/language.ts'
import { zoneIn, type ShownZone } from '../../../kernel/time.ts'
import { operatorLongest } from '../../../limits/operators.ts'
import type { CommandUses } from '../../../operations/operators/operators.ts'
import { consoleTexts, type ConsoleTexts } from '../../../text/console/console-texts.ts'
import { texts, type Texts } from '../../../text/texts.ts'
import { siteIn, type SurfaceDeps } from '../../frame/site.ts'
import type { Visit } from '../../frame/visit.ts'

/** Who is signed in, and until when; times are milliseconds by the server's clock. */
export interface SignedIn {
  readonly id: string
  readonly name: string
  readonly roles: readonly OperatorRole[]
  /** The operator's own account as a customer. */
  readonly accountId: string | null
  readonly signedInAt: number
  readonly ends: number
  readonly latest: number
}

/** What every page of the console is made with. */
export interface DeskContext {
  readonly language: Language
  readonly texts: ConsoleTexts
  /** The words that customers read, which operators quote. */
  readonly customerTexts: Texts
  /** Path and query of this page, which the language switch keeps. */
  readonly path: string
  readonly brand: string
  readonly timeZone: ShownZone
  readonly now: number
  readonly asset: (entry: string) => string
  readonly signedIn: SignedIn | null
  /** What the command line has done to operators within a day. */
  readonly commandUses: CommandUses
}

/** The context of a page that answers this request; without a session somebody is signing in. */
export function deskContext(
  { config, site, assets, now }: Pick<SurfaceDeps, 'config' | 'site' | 'assets' | 'now'>,
  visit: Visit,
  session: OperatorSession | null,
  commandUses: CommandUses = { latest: [], more: 0 },
): DeskContext {
  const language = visit.get('language')
  const { pathname, search } = new URL(visit.req.url)
  return {
    language,
    texts: consoleTexts[language],
    customerTexts: texts[language],
    path: pathname + search,
    brand: siteIn(site, language).brand.name,
    timeZone: zoneIn(language, config.timeZone),
    now: now(),
    asset: assets.address,
    signedIn: session && signedInBy(session),
    commandUses,
  }
}

function signedInBy(session: OperatorSession): SignedIn {
  const { id, name, roles, accountId } = session.operator
  const { signedInAt } = session
  const latest = signedInAt + operatorLongest
  return { id, name, roles, accountId, signedInAt, ends: operatorSessionEnd(session), latest }
}

/** Whether one of these roles is signed in. */
export function hasRole({ signedIn }: DeskContext, ...roles: readonly OperatorRole[]): boolean {
  return signedIn !== null && roles.some((role) => signedIn.roles.includes(role))
}

/** The first page of who is signed in: where most of their work is. */
export function homeOf(roles: readonly OperatorRole[]): string {
  if (roles.includes('agent')) return '/accounts'
  if (roles.includes('approver')) return '/requests'
  return roles.includes('admin') ? '/operators' : '/alerts'
}
