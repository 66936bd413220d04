// What speaks against a typed password is said before it is sent. A password may hold any character, so
// nothing is forbidden: what is doubtful is held back once.
import { byId } from './form.ts'
import { word, type Word } from './words.ts'

/** Hiragana, kanji and full-width forms: what a Japanese input method makes of letters and digits. */
const wide = /[\u3000-\u9fff\uff00-\uffef]/

/** Tells of doubts as the password is typed. Returns whether the password, as it stands, is to be sent. */
export function watchPassword(field: HTMLInputElement): () => boolean {
  const notice = byId('doubts')
  const mend = byId('mend')
  let capsLock = false
  let insistedOn = ''

  const show = () => {
    const { value } = field
    const said = doubtsAbout(value)
    const mendable = said.length > 0 && mendedFrom(value) !== null
    if (mend) {
      mend.hidden = !mendable
      mend.textContent = word(said[0] === 'wide' ? 'mendWide' : 'mendBlank')
    }
    if (said.length > 0 && insistedOn === value) said.push('anyway')
    if (capsLock) said.push('capsLock')
    const text = said.map((one) => word(one)).join('\n')
    // It is heard once, and not at each key.
    if (notice && notice.textContent !== text) notice.textContent = text
  }

  field.addEventListener('input', show)
  for (const type of ['keydown', 'keyup'] as const) {
    field.addEventListener(type, (event) => {
      // A browser that fills in the field sends a key without modifiers.
      capsLock = event.getModifierState?.('CapsLock') ?? false
      show()
    })
  }
  field.addEventListener('blur', () => {
    capsLock = false
    show()
  })
  mend?.addEventListener('click', () => {
    field.value = mendedFrom(field.value) ?? field.value
    show()
    field.focus()
  })
  show()

  return () => {
    if (doubtsAbout(field.value).length === 0 || insistedOn === field.value) return true
    insistedOn = field.value
    show()
    field.select()
    field.focus()
    return false
  }
}

function doubtsAbout(password: string): Word[] {
  const doubts: Word[] = []
  if (wide.test(password)) doubts.push('wide')
  if (password !== password.trim()) doubts.push('blank')
  return doubts
}

/** The password in half width and without blanks around it, where that leaves no doubt. */
function mendedFrom(password: string): string | null {
  const mended = password.normalize('NFKC').trim()
  return mended !== '' && doubtsAbout(mended).length === 0 ? mended : null
}
