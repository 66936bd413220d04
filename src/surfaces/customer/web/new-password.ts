// Brings the field of src/surfaces/parts/new-password.ts to life: what is not allowed is said while it is typed.
import { byId } from './form.ts'
import { findTypedFault, lengthOf, strengthOf, type TypedFault } from './password-strength.ts'
import { word } from './words.ts'

interface NewPassword {
  readonly field: HTMLInputElement
  /** Whether it is to be sent as it stands; what is not allowed gets the focus instead. */
  mayBeSent(): boolean
  /** To be called when it has been set, before the page is left: a readable field is no password to browsers. */
  hide(): void
}

/** The page's field for a new password; `loginId` gives what was typed, where the page does not know it. */
export function watchNewPassword(loginId?: () => string): NewPassword | null {
  const field = byId<HTMLInputElement>('new-password')
  const box = byId<HTMLInputElement>('show-new-password')
  if (!field || !box) return null
  let common: ReadonlySet<string> = new Set()

  const faultNow = () => {
    const { shortest, longest } = field.dataset
    const lengths = { shortest: Number(shortest), longest: Number(longest) }
    return findTypedFault(field.value, lengths, knownOf(field, loginId), common)
  }
  const show = () => {
    const fault = field.value === '' ? null : faultNow()
    tell('new-password-fault', fault === null ? '' : sentence(fault, field))
    const strength = fault === null ? strengthOf(field.value, knownOf(field, loginId), common) : 0
    const meter = byId('strength')
    if (!meter) return
    meter.hidden = field.value === ''
    meter.dataset['strength'] = String(strength)
    tell('strength-says', field.value === '' ? '' : word(`strength${strength}`))
  }
  const reveal = (shown: boolean) => {
    field.type = shown ? 'text' : 'password'
  }
  reveal(box.checked)
  box.addEventListener('change', () => reveal(box.checked))
  field.addEventListener('input', show)
  void readCommon(field.dataset['common']).then((words) => {
    common = words
    show()
  })
  show()

  return {
    field,
    mayBeSent: () => {
      if (faultNow() === null) return true
      show()
      tell('new-password-fault', sentence(faultNow() ?? 'too_short', field))
      field.focus()
      return false
    },
    hide: () => reveal(false),
  }
}

function knownOf({ dataset }: HTMLInputElement, loginId: (() => string) | undefined) {
  const { known = '' } = dataset
  return { loginId: loginId?.() ?? dataset['loginId'] ?? '', others: known.split('\n') }
}

function sentence(fault: TypedFault, { value, dataset }: HTMLInputElement): string {
  if (fault === 'too_short')
    return word(fault, { n: Number(dataset['shortest']) - lengthOf(value) })
  if (fault === 'too_long') return word(fault, { n: lengthOf(value) - Number(dataset['longest']) })
  return word(fault)
}

/** It is heard once, and not at each key. */
function tell(id: string, text: string): void {
  const box = byId(id)
  if (box && box.textContent !== text) box.textContent = text
}

/** The common passwords; none where they cannot be read, as the server knows them too. */
async function readCommon(address: string | undefined): Promise<ReadonlySet<string>> {
  const answer = address === undefined ? null : await fetch(address).catch(() => null)
  return new Set(answer?.ok ? (await answer.text()).split('\n') : [])
}
