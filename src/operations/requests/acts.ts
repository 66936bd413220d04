// What may be asked for: a row for each act.
import type { Act } from '../../domain/act.ts'
import type {
  ActKind,
  Pair,
  Performed,
  States,
  Subject,
  When,
} from '../../domain/requests/act-kind.ts'
import type { Readings } from '../../domain/requests/readings.ts'
import type { StoredAct } from '../../domain/requests/request.ts'
import {
  operatorActs,
  requestActs,
  type RequestAct,
  type RequestKind,
} from '../../domain/vocabulary/desk.ts'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import {
  activationCode,
  changeEmail,
  endHold,
  removePasskey,
  reopen,
  resumePasskey,
} from './account-acts.ts'
import { addOperator, changeRoles, enrolmentCode } from './operator-acts.ts'
import { reopenMany } from './reopen-many.ts'

/** An act with its values, ready to be stated and performed. */
export interface BoundAct extends StoredAct {
  states(from: Readings, on: Subject, when: When): Promise<States>
  perform(act: Act, on: Subject, pair: Pair, stated: States): Promise<Performed>
  closeFirst(act: Act, on: Subject, pair: Pair): Promise<void>
}

/** The act, or the places of what is wrong with its values. */
type Bind = (act: RequestAct, values: unknown) => BoundAct | readonly string[]

/** Reads values by the kind, whose type nobody else needs to know. */
function row<V extends StoredAct['values']>(kind: ActKind<V>): Bind {
  return (act, given) => {
    const read = kind.values.safeParse(given)
    if (!read.success) return read.error.issues.map(({ path }) => path.map(String).join('.'))
    const values = read.data
    if (!isSayable(values)) return ['']
    return {
      act,
      values,
      states: (from, on, when) => kind.states(from, on, values, when),
      perform: (within, on, pair, stated) => kind.perform(within, on, values, pair, stated),
      closeFirst: async (within, on, pair) => kind.closeFirst?.(within, on, values, pair),
    }
  }
}

const acts: Readonly<Record<RequestAct, Bind>> = {
  'remove-passkey': row(removePasskey),
  'resume-passkey': row(resumePasskey),
  reopen: row(reopen),
  'reopen-many': row(reopenMany),
  'change-email': row(changeEmail),
  'activation-code': row(activationCode),
  'end-hold': row(endHold),
  'add-operator': row(addOperator),
  'change-roles': row(changeRoles),
  'enrolment-code': row(enrolmentCode),
}

/** Whether a text can state them. */
function isSayable(values: StoredAct['values']): boolean {
  try {
    return canonicalJson(values) !== ''
  } catch {
    return false
  }
}

/** The act of a name with its values, or what is wrong with these; null for a name that is none. */
export function bindAct(name: string, values: unknown): BoundAct | readonly string[] | null {
  const known = requestActs.find((one) => one === name)
  return known ? acts[known](known, values) : null
}

export function kindOf(act: RequestAct): RequestKind {
  return operatorActs.some((one) => one === act) ? 'operator' : 'account'
}
