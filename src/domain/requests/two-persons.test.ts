import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskOperator } from '../operators/operator.ts'
import type { Done } from './done.ts'
import {
  excludeEachOther,
  hasRightToAsk,
  hasRightToDecide,
  whyNotApprove,
  type Obstacle,
  type Remembered,
} from './two-persons.ts'

type Stated = Parameters<typeof whyNotApprove>[0]

const approver: DeskOperator = {
  ...{ id: 'approver', name: '承認 花子', contact: null, userHandle: 'handle' },
  ...{ roles: ['approver'], accountId: 'her account', version: 1, createdAt: 0, closedAt: null },
}
const admin: DeskOperator = { ...approver, roles: ['admin'] }
const onAccount: Stated = {
  ...{ kind: 'account', askerId: 'asker', accountId: 'account', operatorId: null },
  names: ['remove-passkey'],
}
const onOperator: Stated = {
  ...{ kind: 'operator', askerId: 'asker', accountId: null, operatorId: 'operator' },
  names: ['change-roles'],
}
const nothing: Remembered = { makings: [], openings: [], turns: [], cases: new Map() }

const made = (operatorId: string, askerId: string, approverId: string): Done => ({
  ...{ names: ['change-roles'], accountId: null, operatorId, askerId, approverId },
})
const opened = (accountId: string, askerId: string, approverId: string): Done => ({
  ...{ names: ['reopen'], accountId, operatorId: null, askerId, approverId },
})

interface Given {
  readonly why: Obstacle | null
  readonly request?: Partial<Stated>
  readonly of?: Partial<DeskOperator>
  readonly remembered?: Partial<Remembered>
}

const ofAccounts: Readonly<Record<string, Given>> = {
  nothing: { why: null },
  'she asked': { why: 'own_request', request: { askerId: 'approver' } },
  'she is an agent': { why: 'role', of: { roles: ['agent'] } },
  'she is an admin': { why: 'role', of: { roles: ['admin'] } },
  'she is an auditor': { why: 'role', of: { roles: ['auditor'] } },
  'she was closed': { why: 'role', of: { closedAt: 1 } },
  'the account is her own': { why: 'own_account', request: { accountId: 'her account' } },
  'she has no account, and it is about none': {
    why: null,
    request: { accountId: null },
    of: { accountId: null },
  },
  'she asked for what made the asker': {
    why: 'made_each_other',
    remembered: { makings: [made('asker', 'approver', 'third')] },
  },
  'she approved what made the asker': {
    why: 'made_each_other',
    remembered: { makings: [made('asker', 'third', 'approver')] },
  },
  'the asker asked for what made her': {
    why: 'made_each_other',
    remembered: { makings: [made('approver', 'asker', 'third')] },
  },
  'the asker approved what made her': {
    why: 'made_each_other',
    remembered: { makings: [made('approver', 'third', 'asker')] },
  },
  'others made her': {
    why: 'made_lately',
    remembered: { makings: [made('approver', 'third', 'fourth')] },
  },
  'others made the asker': {
    why: null,
    remembered: { makings: [made('asker', 'third', 'fourth')] },
  },
  'the two opened something for the account': {
    why: 'same_pair',
    remembered: { openings: [opened('account', 'asker', 'approver')] },
  },
  'the two opened something for the account, turned round': {
    why: 'same_pair',
    remembered: { openings: [opened('account', 'approver', 'asker')] },
  },
  'the two opened something for another account': {
    why: null,
    remembered: { openings: [opened('other', 'asker', 'approver')] },
  },
  'the asker opened something with a third': {
    why: null,
    remembered: { openings: [opened('account', 'asker', 'third')] },
  },
  'she opened something with a third': {
    why: null,
    remembered: { openings: [opened('account', 'third', 'approver')] },
  },
  'she turned a case of the account': {
    why: 'turned_case',
    remembered: { turns: [{ accountId: 'account', operatorId: 'approver' }] },
  },
  'another turned a case of the account': {
    why: null,
    remembered: { turns: [{ accountId: 'account', operatorId: 'third' }] },
  },
  'nobody has taken its case': {
    why: 'case',
    remembered: { cases: new Map([['account', null]]) },
  },
  'another investigates it': {
    why: 'case',
    remembered: { cases: new Map([['account', 'third']]) },
  },
  'she investigates it': {
    why: null,
    remembered: { cases: new Map([['account', 'approver']]) },
  },
  'she turned a case of another account': {
    why: null,
    remembered: { turns: [{ accountId: 'other', operatorId: 'approver' }] },
  },
}

const ofOperators: Readonly<Record<string, Given>> = {
  nothing: { why: null },
  'she asked': { why: 'own_request', request: { askerId: 'approver' } },
  'she is an approver': { why: 'role', of: { roles: ['approver'] } },
  'it changes herself': { why: 'own_change', request: { operatorId: 'approver' } },
  'it makes an operator of her own account': {
    why: 'own_account',
    request: { accountId: 'her account' },
  },
  'she made the asker': {
    why: 'made_each_other',
    remembered: { makings: [made('asker', 'approver', 'third')] },
  },
  'others made her': {
    why: 'made_lately',
    remembered: { makings: [made('approver', 'third', 'fourth')] },
  },
  'the two opened something for the account': {
    why: null,
    request: { accountId: 'account' },
    remembered: { openings: [opened('account', 'asker', 'approver')] },
  },
  'she turned a case of the account': {
    why: null,
    request: { accountId: 'account' },
    remembered: { turns: [{ accountId: 'account', operatorId: 'approver' }] },
  },
}

for (const [kind, request, operator, table] of [
  ['an account', onAccount, approver, ofAccounts],
  ['an operator', onOperator, admin, ofOperators],
] as const) {
  test(`what keeps an operator from approving a request about ${kind}`, () => {
    for (const [what, { why, request: changes, of, remembered }] of Object.entries(table)) {
      const found = whyNotApprove(
        { ...request, ...changes },
        { ...operator, ...of },
        { ...nothing, ...remembered },
      )
      assert.equal(found, why, what)
    }
  })
}

test('the right to ask and the right to decide each need their role, at work and not on the own account', () => {
  const agent: DeskOperator = { ...approver, roles: ['agent'] }
  const rights = (request: Stated, operator: DeskOperator) => [
    hasRightToAsk(request, operator),
    hasRightToDecide(request, operator),
  ]
  assert.deepEqual(rights(onAccount, agent), [true, false])
  assert.deepEqual(rights(onAccount, approver), [false, true])
  assert.deepEqual(rights(onAccount, admin), [false, false])
  assert.deepEqual(rights(onOperator, admin), [true, true])
  assert.deepEqual(rights(onOperator, agent), [false, false])
  const both: DeskOperator = { ...approver, roles: ['agent', 'approver'] }
  assert.deepEqual(rights(onAccount, both), [true, true])
  assert.deepEqual(rights(onAccount, { ...both, closedAt: 1 }), [false, false])
  assert.deepEqual(rights({ ...onAccount, accountId: 'her account' }, both), [false, false])
})

test('a code and a change of the address exclude each other, in one request and after another', () => {
  const before = (name: Done['names'][number], accountId = 'account'): Done => ({
    ...opened(accountId, 'a', 'b'),
    names: [name],
  })
  const wanted = (...names: Stated['names']) => ({ names, accountId: 'account' })
  assert.equal(excludeEachOther(wanted('activation-code', 'change-email'), []), true)
  assert.equal(excludeEachOther(wanted('activation-code'), [before('change-email')]), true)
  assert.equal(excludeEachOther(wanted('change-email'), [before('activation-code')]), true)
  assert.equal(excludeEachOther(wanted('change-email'), [before('change-email')]), false)
  assert.equal(excludeEachOther(wanted('change-email'), [before('activation-code', 'x')]), false)
  const both = [before('activation-code'), before('change-email')]
  assert.equal(excludeEachOther(wanted('end-hold'), both), false)
})
