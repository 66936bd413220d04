// Finds accounts. The rows come without a page's loading: a search is recorded, and nobody repeats one by going back.
import { call, Refused } from '../../frame/web/api.ts'
import { wordOf } from '../../frame/web/words.ts'
import './desk.ts'
import { act, byId, say } from './form.ts'
import { word } from './words.ts'

interface Found {
  readonly accounts: readonly {
    readonly id: string
    readonly loginId: string
    readonly displayName: string
    readonly email: string
    readonly state: string
  }[]
  readonly more: boolean
}

const form = byId<HTMLFormElement>('find')
const field = byId<HTMLInputElement>('search')
const rows = byId('rows')

act(form, async () => {
  const typed = field?.value.trim() ?? ''
  if ([...typed].length < 2) throw new Refused({ code: 'search_short', detail: word('tooShort') })
  const { accounts, more } = await call<Found>(
    'GET',
    `/api/accounts?${new URLSearchParams({ q: typed })}`,
  )
  rows?.replaceChildren(...accounts.map(row))
  byId('results')?.toggleAttribute('hidden', accounts.length === 0)
  byId('more')?.toggleAttribute('hidden', !more)
  say(accounts.length === 0 ? word('noneFound') : word('found', { n: accounts.length }))
  if (accounts.length === 0) return field?.select()
  rows?.querySelector('a')?.focus()
})

function row({ id, loginId, displayName, email, state }: Found['accounts'][number]): HTMLElement {
  const line = document.createElement('tr')
  const head = Object.assign(document.createElement('th'), { scope: 'row' })
  const link = Object.assign(document.createElement('a'), {
    href: `/accounts/${encodeURIComponent(id)}`,
    textContent: loginId,
  })
  link.dataset['row'] = ''
  head.append(link)
  line.append(head, cell('name', displayName), cell('email', email))
  const badge = Object.assign(document.createElement('span'), {
    className: state === 'active' || state === 'open' ? 'badge ok' : 'badge bad',
    textContent: wordOf(`state_${state}`) || state,
  })
  const last = cell('state', '')
  last.append(badge)
  line.append(last)
  return line
}

function cell(name: string, textContent: string): HTMLTableCellElement {
  const made = Object.assign(document.createElement('td'), { textContent })
  made.dataset['label'] = rows?.dataset[name] ?? ''
  return made
}
