import { randomBytes } from 'node:crypto'
import { issueActivation, type IssuedCode } from '../../domain/accounts/activation.ts'
import { isEmailAddress } from '../../domain/accounts/email.ts'
import { isLoginId, normaliseLoginId } from '../../domain/accounts/login-id.ts'
import { searchName } from '../../domain/accounts/search-name.ts'
import { insertAccount } from '../../domain/accounts/store.ts'
import { transact, type ActDeps } from '../../domain/act.ts'
import { fromNowhere, type Operator } from '../../domain/actor.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import { judgePassword } from '../../domain/password/judge.ts'
import type { PasswordFault } from '../../domain/password/rules.ts'
import { liftAllPasswordWaits } from '../../domain/throttle/passwords.ts'
import { liftStrangerWaits } from '../../domain/throttle/strangers.ts'
import { newId } from '../../kernel/secrets.ts'
import { readShownName } from '../../kernel/shown-name.ts'

interface NewAccountInput {
  readonly loginId: string
  readonly email: string
  readonly displayName: string
  /** Null where its holder is to set one, with an activation code. */
  readonly password: string | null
}

type AddAccountFault =
  | 'login_id_not_allowed'
  | 'email_not_allowed'
  | 'display_name_missing'
  | 'display_name_not_allowed'
  | 'login_id_taken'

interface Added {
  /** The code of an account without a password. */
  readonly activation: IssuedCode | null
}

/** Adds an account whose second factor is e-mail. Returns the fault of the input as a word. */
export async function addAccount(
  deps: ActDeps & { readonly hasher: Pick<Deps['hasher'], 'hash'> },
  input: NewAccountInput,
  operator: Operator,
): Promise<AddAccountFault | PasswordFault | Added> {
  const loginId = normaliseLoginId(input.loginId)
  const displayName = readShownName(input.displayName)
  if (!isLoginId(loginId)) return 'login_id_not_allowed'
  if (!isEmailAddress(input.email)) return 'email_not_allowed'
  if (input.displayName.trim() === '') return 'display_name_missing'
  if (displayName === null) return 'display_name_not_allowed'
  const { email, password } = input
  const fault = password === null ? null : await judgePassword(deps, password, { loginId, email })
  if (fault) return fault

  const id = newId()
  const account = {
    id,
    login_id: loginId,
    display_name: displayName,
    search_name: searchName(displayName),
    email,
    // An empty one verifies no password.
    password_hash: password === null ? '' : await deps.hasher.hash(password),
    // WebAuthn Level 3, §14.6.1: 64 random bytes, never changed.
    user_handle: randomBytes(64).toString('base64url'),
    second_factor: 'email',
    factors_version: 0,
    created_at: deps.now(),
  } as const
  return transact(deps, fromNowhere(operator), async (act) => {
    if (!(await insertAccount(act.tx, account))) return 'login_id_taken'
    // What was guessed while nobody had the login ID is nothing that its holder has to wait for.
    await liftAllPasswordWaits(act.tx, act.keys, loginId)
    await liftStrangerWaits(act, { loginId, email })
    record(act, { event: 'user_created', accountId: id })
    if (password !== null) return { activation: null }
    return { activation: await issueActivation(act, { id }, { sealed: false }) }
  })
}
