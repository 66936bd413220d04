// `/forgotten` and `/activate`: each shows the step at which the attempt of this browser stands.
import { selectActivation } from '../../../domain/accounts/activation.ts'
import type { Recovery } from '../../../domain/recoveries/recovery.ts'
import { codeLifetime, resendWait } from '../../../limits/codes.ts'
import { pageContext } from '../../frame/page-context.ts'
import type { Html, PageContext } from '../../frame/page.ts'
import type { Visit } from '../../frame/visit.ts'
import { withAnnouncements } from '../../parts/announcements.ts'
import { listPasskeys } from '../../parts/passkeys-here.ts'
import { sayHoldAhead } from '../portal/hold-ahead.ts'
import { currentRecovery } from './current.ts'
import { activatePage, askPage, donePage } from './first-pages.ts'
import { codePage, passkeyPage, passwordPage, supportPage } from './pages.ts'

export async function showForgotten(visit: Visit): Promise<Response> {
  return show(visit, 'forgotten', askPage)
}

export async function showActivate(visit: Visit): Promise<Response> {
  return show(visit, 'activation', activatePage)
}

async function show(
  visit: Visit,
  kind: Recovery['kind'],
  first: (context: PageContext) => Html,
): Promise<Response> {
  const deps = visit.get('deps')
  const context = await withAnnouncements(deps, pageContext(deps, visit))
  const recovery = await currentRecovery(deps, visit, kind)
  if (recovery) return visit.html(await steps[recovery.step](visit, context, recovery))
  const isDone = visit.req.query('done') !== undefined
  return visit.html(isDone ? donePage(context, kind) : first(context))
}

type ShowStep = (visit: Visit, context: PageContext, recovery: Recovery) => Promise<Html> | Html

const steps: Readonly<Record<Recovery['step'], ShowStep>> = {
  'email-code': (visit, context, { kind, codeAt }) => {
    const [expiresAt, resendAfter] = [codeAt + codeLifetime, codeAt + resendWait]
    return codePage(context, kind, { sentTo: '', expiresAt, resendAfter }, visit.get('deps').now())
  },
  passkey: async (visit, context, { kind, account }) =>
    passkeyPage(context, kind, await listPasskeys(visit, account?.id ?? '')),
  password: async (visit, context, { kind, account }) => {
    const deps = visit.get('deps')
    const { hasPassword = true } = (await selectActivation(deps.db, account?.id ?? '')) ?? {}
    const holdAhead = hasPassword ? sayHoldAhead(deps, context) : null
    const { loginId = '', email = '' } = account ?? {}
    return passwordPage(context, kind, { loginId, email, holdAhead })
  },
  activation: (_, context, { kind }) => supportPage(context, kind),
}
