// Checks the device before any dialog opens, and shows its abilities (docs/screens.md, M1).
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import type { OwnWords } from '../portal/passkeys/device-check.ts'
import { byId } from './form.ts'
import { readUserAgent, type UserAgent } from './user-agent.ts'
import { word, type Word } from './words.ts'

type Check = 'this-device' | 'phone'
type State = 'ready' | 'missing' | 'unknown' | 'unable'

type Capabilities = Readonly<Record<string, boolean | undefined>>

/** True, false, or null where the browser does not tell. */
type Told = boolean | null

/** What the check found out. */
interface Checked {
  readonly own: Told
  readonly phone: Told
  /** What is said of this device. */
  readonly ownWords: string
}

const stateWords: Readonly<Record<State, Word>> = {
  ready: 'checkReady',
  missing: 'checkMissing',
  unable: 'checkUnable',
  unknown: 'checkUnknown',
}

/** Fills in src/surfaces/customer/portal/passkeys/device-check.ts, where the page has it; else it answers null. */
export async function checkDevice(): Promise<Checked | null> {
  const row = rowOf('this-device')
  if (!row) return null
  const words = JSON.parse(row.dataset['own'] ?? '{}') as OwnWords
  const [agent, own, phone] = await Promise.all([
    readUserAgent(),
    hasOwnAuthenticator(),
    hasBluetooth(),
  ])
  const detected = byId('detected')
  if (detected && agent.name) detected.textContent = word('detected', { device: agent.name })
  if (!browserSupportsWebAuthn()) {
    show('this-device', 'unable', words.none)
    show('phone', 'unable', words.none)
    sumUp('unable')
    return { own: false, phone: false, ownWords: words.none }
  }
  const [state, ownWords] = describeOwn(own, agent, words)
  show('this-device', state, ownWords)
  if (!rowOf('phone')?.dataset['known']) showBluetooth(phone)
  // The name form says beside the choice of this computer what Windows Hello lacks.
  const isSaid = state === 'missing' && byId('not-ready') !== null
  sumUp(state === 'ready' && phone === false ? 'missing' : state, isSaid)
  return { own, phone, ownWords }
}

/** The line above the rows. Only what has to be done unfolds them. */
function sumUp(state: State, isSaid = false): void {
  const line = byId('checks-state')
  const fold = line?.closest('details')
  if (!line || !fold) return
  fold.dataset['state'] = state
  fold.open = !isSaid && (state === 'missing' || state === 'unable')
  if (state !== 'unknown') line.textContent = word(stateWords[state])
}

/** What the server said that it depends on is looked for: a Mac with a touch screen is an iPad. */
function describeOwn(
  told: Told,
  { isOldWindows }: UserAgent,
  { ready, missing }: OwnWords,
): readonly [State, string] {
  if (told === null) return ['unknown', word('lockUnknown')]
  if (told) return ['ready', ready]
  const signs: Readonly<Record<string, boolean>> = {
    'old-windows': isOldWindows,
    touch: navigator.maxTouchPoints > 1,
  }
  const fact = missing.find(({ sign }) => sign === undefined || signs[sign])
  return [fact?.works === 'no' ? 'unable' : 'missing', fact?.says ?? '']
}

function showBluetooth(told: Told): void {
  if (told === null) return show('phone', 'unknown', word('bluetoothUnknown'), 'checkBluetooth')
  show('phone', told ? 'ready' : 'missing', word(told ? 'bluetoothReady' : 'bluetoothMissing'))
}

function rowOf(check: Check): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-check="${check}"]`)
}

function show(check: Check, state: State, advice: string, said = stateWords[state]): void {
  const row = rowOf(check)
  if (!row) return
  row.dataset['state'] = state
  const [stateText, adviceText] = row.querySelectorAll('.state, .small')
  if (stateText) stateText.textContent = word(said)
  if (adviceText) adviceText.textContent = advice
}

async function hasOwnAuthenticator(): Promise<Told> {
  const { userVerifyingPlatformAuthenticator: capable = null } = await capabilities()
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
  } catch {
    return capable
  }
}

/** A phone is reached over Bluetooth; few browsers tell whether the computer has it. */
async function hasBluetooth(): Promise<Told> {
  // Firefox's answer is compiled in (src/text/environments.ts).
  if (rowOf('phone')?.dataset['known']) return null
  const { hybridTransport = null } = await capabilities()
  const { bluetooth } = navigator as { bluetooth?: { getAvailability(): Promise<boolean> } }
  const present = await bluetooth?.getAvailability().catch(() => null)
  if (hybridTransport === true) return true
  if (present === false) return false
  // Bluetooth proves nothing where `hybridTransport` is false.
  return present === true && hybridTransport === null ? true : null
}

async function capabilities(): Promise<Capabilities> {
  try {
    const { getClientCapabilities } = PublicKeyCredential as unknown as {
      getClientCapabilities?: () => Promise<Capabilities>
    }
    return (await getClientCapabilities?.call(PublicKeyCredential)) ?? {}
  } catch {
    return {}
  }
}
