// Checks the device before any dialog opens, and shows its abilities (docs/screens.md, M1).
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { byId } from './form.ts'
import { readUserAgent, type UserAgent } from './user-agent.ts'
import { word, type Word } from './words.ts'

type Check = 'this-device' | 'phone'
type State = 'ready' | 'missing' | 'unknown' | 'unable'

type Capabilities = Readonly<Record<string, boolean | undefined>>

/** True, false, or null where the browser does not tell. */
type Told = boolean | null

const stateWords: Readonly<Record<State, Word>> = {
  ready: 'checkReady',
  missing: 'checkMissing',
  unable: 'checkUnable',
  unknown: 'checkUnknown',
}

/** Fills in src/surfaces/customer/portal/device-check.ts, where the page has it. */
export async function checkDevice(): Promise<void> {
  if (!document.querySelector('[data-check]')) return
  const [agent, own, bluetooth] = await Promise.all([
    readUserAgent(),
    hasOwnAuthenticator(),
    hasBluetooth(),
  ])
  const detected = byId('detected')
  if (detected && agent.name) detected.textContent = word('detected', { device: agent.name })
  if (!browserSupportsWebAuthn()) {
    show('this-device', 'unable', 'checkUnsupported')
    show('phone', 'unable', 'checkUnsupported')
    return sumUp('unable')
  }
  const isTooOld = agent.isOldWindows && own === false
  const ownState = isTooOld ? 'unable' : stateOf(own)
  show('this-device', ownState, ownWords(own, agent))
  show('phone', stateOf(bluetooth), bluetoothWords(bluetooth))
  sumUp(ownState === 'ready' && bluetooth === false ? 'missing' : ownState)
}

/** The line above the rows. Only what has to be done unfolds them. */
function sumUp(state: State): void {
  const line = byId('checks-state')
  const fold = line?.closest('details')
  if (!line || !fold) return
  fold.dataset['state'] = state
  fold.open = state === 'missing' || state === 'unable'
  if (state !== 'unknown') line.textContent = word(stateWords[state])
}

function stateOf(told: Told): State {
  if (told === null) return 'unknown'
  return told ? 'ready' : 'missing'
}

function ownWords(told: Told, { platform, isOldWindows }: UserAgent): Word {
  if (told === null) return 'lockUnknown'
  if (platform === 'Windows') {
    if (told) return 'helloReady'
    return isOldWindows ? 'windowsOld' : 'helloMissing'
  }
  if (told) return 'lockReady'
  if (platform === 'macOS') return 'macMissing'
  if (platform === 'iPhone' || platform === 'iPad') return 'appleMissing'
  return platform === 'Android' ? 'androidMissing' : 'lockMissing'
}

function bluetoothWords(told: Told): Word {
  if (told === null) return 'bluetoothUnknown'
  return told ? 'bluetoothReady' : 'bluetoothMissing'
}

function show(check: Check, state: State, advice: Word): void {
  const row = document.querySelector<HTMLElement>(`[data-check="${check}"]`)
  if (!row) return
  row.dataset['state'] = state
  const [stateText, adviceText] = row.querySelectorAll('.state, .small')
  if (stateText) stateText.textContent = word(stateWords[state])
  if (adviceText) adviceText.textContent = word(advice)
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
