// The forms for requests. Who asks for an act that cannot be is led back.
import { selectAccount } from '../../../domain/accounts/find.ts'
import { currentHold } from '../../../domain/accounts/withdrawal-hold.ts'
import { selectOperator } from '../../../domain/operators/store.ts'
import { isLive } from '../../../domain/passkeys/passkey.ts'
import { selectKeptPasskeys } from '../../../domain/passkeys/store.ts'
import { selectStoppedCodes } from '../../../domain/throttle/codes.ts'
import { pageCheckName } from '../../../domain/vocabulary/calls.ts'
import { accountActs, operatorActs } from '../../../domain/vocabulary/desk.ts'
import { isId } from '../../../kernel/secrets.ts'
import { lookBeforeAsking } from '../../../operations/requests/look-at-requests.ts'
import { viewPasskey } from '../../parts/passkey-view.ts'
import { signedInPage } from '../frame/show.ts'
import { accountAskingPage } from './account-form.ts'
import { asItIs, fits } from './fits.ts'
import { manyAskingPage } from './many-form.ts'
import { operatorAskingPage } from './operator-form.ts'

/** `/accounts/:id/request?act=…` */
export const showAccountAsking = signedInPage(
  ['agent'],
  async ({ visit, deps, session, context }) => {
    const { operator } = session
    const id = visit.req.param('id') ?? ''
    const account = isId(id) ? await selectAccount(deps.db, id) : undefined
    if (!account || account.lockReason === 'erased' || account.id === operator.accountId)
      return null
    const [kept, stopped, presence] = await Promise.all([
      selectKeptPasskeys(deps.db, id),
      selectStoppedCodes(deps.db, [id]),
      lookBeforeAsking(deps, operator, { accountId: id }),
    ])
    const passkeys = kept.map((one) => ({
      ...viewPasskey(one, context.customerTexts),
      isSuspended: !isLive(one),
    }))
    const now = deps.now()
    const doneFrom = now + deps.config.desk.waitMilliseconds
    const facts = asItIs(account, kept, stopped.get(id) ?? [], doneFrom)
    return accountAskingPage(context, {
      ...{
        account,
        passkeys,
        presence,
        isHeld: currentHold(account, now) !== null,
        chosen: visit.req.queries('act') ?? [],
      },
      acts: accountActs.filter((act) => fits(act, facts)),
      checks: deps.config.desk.checks.filter((one) => one !== pageCheckName),
      byPage: deps.config.desk.checks.includes(pageCheckName),
    })
  },
)

/** `/requests/reopen-many` */
export const showManyAsking = signedInPage(['agent'], async ({ deps, session, context }) =>
  manyAskingPage(context, await lookBeforeAsking(deps, session.operator)),
)

/** `/operators/request?act=…&operatorId=…` */
export const showOperatorAsking = signedInPage(
  ['admin'],
  async ({ visit, deps, session, context }) => {
    const { act: asked, operatorId: of = '' } = visit.req.query()
    const act = operatorActs.find((one) => one === asked)
    if (!act) return null
    const operator = isId(of) ? ((await selectOperator(deps.db, of)) ?? null) : null
    if (act !== 'add-operator' && (operator === null || operator.closedAt !== null)) return null
    const concerned = act === 'add-operator' ? null : operator
    const operatorId = concerned?.id ?? null
    const presence = await lookBeforeAsking(deps, session.operator, { operatorId })
    return operatorAskingPage(context, { act, presence, operator: concerned })
  },
)
