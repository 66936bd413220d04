// What the caller sees whose number was typed, what to say, and an identity check through the caller's page.
import { call, Refused } from '../../frame/web/api.ts'
import { timeIn } from '../../frame/web/time.ts'
import { wordOf } from '../../frame/web/words.ts'
import './desk.ts'
import { act, byId } from './form.ts'
import { word } from './words.ts'

interface CallView {
  readonly pageName: string
  readonly step: string | null
  readonly madeAt: string
  readonly expiresAt: string
  readonly browser: string | null
  readonly system: string | null
  readonly app: string | null
  readonly passkeys: readonly { id: string; place: string; lastUsedAt: string | null }[]
  readonly suspended: readonly { id: string; place: string }[]
  readonly failure: string | null
  readonly tries: readonly { at: string; cause: string }[]
  readonly facts: readonly string[]
  readonly cause: string
  readonly say: { readonly ja: readonly string[]; readonly en: readonly string[] }
  readonly offers: readonly string[]
  readonly check: { readonly act: string; readonly state: string } | null
  readonly account: { readonly id: string } | null
}

const lookEvery = 3000
/** Refusals that are over by themselves. */
const passing: ReadonlySet<string> = new Set(['unreachable', 'unexpected', 'busy'])
const field = byId<HTMLInputElement>('number')
const acts = byId<HTMLSelectElement>('check-act')
const passkeys = byId<HTMLSelectElement>('check-passkey')
/** In the page's order. */
const every = [...(acts?.options ?? [])]
let held: Pick<CallView, 'passkeys' | 'suspended'> = { passkeys: [], suspended: [] }
let number = ''
let looking: ReturnType<typeof setInterval> | undefined

act(byId('look'), async () => {
  const typed = (field?.value ?? '').normalize('NFKC').replace(/[\s-]/g, '')
  if (!/^\d{8}$/.test(typed)) throw new Refused({ code: 'code_format', detail: word('format') })
  clearInterval(looking)
  byId('call')?.toggleAttribute('hidden', true)
  if (typed !== number) forgetCheck()
  number = typed
  const view = await look()
  show(view)
  offer(view)
  if (isOpen(view)) follow()
  byId('call')?.toggleAttribute('hidden', false)
  byId('say-title')?.focus()
})

acts?.addEventListener('change', showValues)

act(byId('check'), async () => {
  const name = acts?.value ?? ''
  const email = byId<HTMLInputElement>('check-email')?.value.trim() ?? ''
  const body = {
    act: name,
    ...(choices(name) && { passkeyId: passkeys?.value }),
    ...(name === 'change-email' && { email }),
  }
  const { digits } = await call<{ digits: string }>('POST', `/api/calls/${number}/check`, body)
  byId('digits')?.replaceChildren(digits)
  byId('digits-box')?.toggleAttribute('hidden', false)
  follow()
  await lookAgain()
})

function look(): Promise<CallView> {
  return call<CallView>('GET', `/api/calls/${number}`)
}

function isOpen({ check }: CallView): boolean {
  return check?.state === 'asked' || check?.state === 'heard'
}

/** Until the caller has answered, or the number has ended, which is told at the next press. */
function follow(): void {
  clearInterval(looking)
  looking = setInterval(() => void lookAgain(), lookEvery)
}

async function lookAgain(): Promise<void> {
  const of = number
  const view = await call<CallView>('GET', `/api/calls/${of}/now`).catch(endedOrNot)
  // Meanwhile another caller's may have been typed.
  if (of !== number || view === null) return
  if (view === 'ended') return forgetCheck()
  show(view)
  if (isOpen(view)) return
  clearInterval(looking)
  byId('digits-box')?.toggleAttribute('hidden', true)
}

/** What says nothing of the number is asked again; null for it. */
function endedOrNot(error: unknown): 'ended' | null {
  return error instanceof Refused && passing.has(error.refusal.code) ? null : 'ended'
}

/** What was sent and read out for a number goes with it. */
function forgetCheck(): void {
  clearInterval(looking)
  byId('digits-box')?.toggleAttribute('hidden', true)
  byId('digits')?.replaceChildren()
  byId('check-state')?.replaceChildren()
}

/** Under a heading, which goes where there is nothing to list. */
function list(id: string, lines: readonly string[]): void {
  byId(id)?.replaceChildren(...lines.map(item))
  byId(`${id}-part`)?.toggleAttribute('hidden', lines.length === 0)
}

function show(view: CallView): void {
  byId('cause')?.replaceChildren(view.cause)
  byId('say-ja')?.replaceChildren(...view.say.ja.map(item))
  byId('say-en')?.replaceChildren(...view.say.en.map(item))
  byId('offers')?.replaceChildren(...offered(view.offers).map(item))
  list('known', view.facts)
  list(
    'tries',
    view.tries.map(({ at, cause }) => `${time(at)}　${cause}`),
  )
  const device = [view.browser, view.system, view.app].filter((one) => one !== null).join(' / ')
  const kept = view.passkeys.map(({ place, lastUsedAt }) =>
    lastUsedAt === null ? place : `${place} ${time(lastUsedAt)}`,
  )
  byId('sees')?.replaceChildren(
    ...fact('seesPage', view.pageName),
    ...fact('seesStep', view.step === null ? word('stepOver') : word('stepOpen')),
    ...fact('seesDevice', device),
    ...fact('seesFailure', view.failure ?? '–'),
    ...fact('seesPasskeys', kept.join('、') || '–'),
    ...fact('seesUntil', time(view.expiresAt)),
  )
  const state = view.check && wordOf(`check_${view.check.state}`)
  const line = byId('check-state')
  if (line && line.textContent !== (state ?? '')) line.textContent = state ?? ''
  const link = byId('to-account')
  link?.toggleAttribute('hidden', view.account === null)
  const anchor = link?.querySelector('a')
  if (anchor && view.account) anchor.href = `/accounts/${encodeURIComponent(view.account.id)}`
}

function offered(offers: CallView['offers']): readonly string[] {
  return offers.length > 0 ? offers.map((name) => wordOf(`act_${name}`)) : [word('offersNone')]
}

/** What the page can be asked about: first what may be offered. */
function offer(view: CallView): void {
  held = view
  const possible = every.filter(({ value }) => choices(value)?.length !== 0)
  const isOffered = ({ value }: HTMLOptionElement) => view.offers.includes(value)
  acts?.replaceChildren(...possible.filter(isOffered), ...possible.filter((one) => !isOffered(one)))
  if (acts) acts.selectedIndex = 0
  showValues()
}

/** The passkeys that an act can concern; undefined for an act that concerns none. */
function choices(name: string): readonly { id: string; place: string }[] | undefined {
  if (name === 'resume-passkey') return held.suspended
  return name === 'remove-passkey' ? [...held.passkeys, ...held.suspended] : undefined
}

function showValues(): void {
  const name = acts?.value ?? ''
  const some = choices(name)
  passkeys?.replaceChildren(...(some ?? []).map(({ id, place }) => option(id, place)))
  byId('check-passkey-field')?.toggleAttribute('hidden', some === undefined)
  byId('check-email-field')?.toggleAttribute('hidden', name !== 'change-email')
}

function fact(name: Parameters<typeof word>[0], says: string): HTMLElement[] {
  const label = Object.assign(document.createElement('dt'), { textContent: word(name) })
  return [label, Object.assign(document.createElement('dd'), { textContent: says })]
}

function item(textContent: string): HTMLElement {
  return Object.assign(document.createElement('li'), { textContent })
}

function option(value: string, textContent: string): HTMLOptionElement {
  return Object.assign(document.createElement('option'), { value, textContent })
}

function time(at: string): string {
  return timeIn(byId('look')?.dataset['timeZone'], at, { month: '2-digit', day: '2-digit' })
}
