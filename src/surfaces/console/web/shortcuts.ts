// Work without a mouse. Single keys do nothing while somebody types or a dialog is open, and can be turned off
// (WCAG 2.2, 2.1.4).
import { withStorage } from '../../frame/web/storage.ts'
import { byId } from './form.ts'
import { isOver } from './session-watch.ts'

const setting = 'sekisho_console.shortcuts'
const sequenceEnds = 1500

const list = byId<HTMLDialogElement>('shortcuts')
const on = byId<HTMLInputElement>('shortcuts-on')
let leaderAt = -Infinity

if (list && on) {
  on.checked = withStorage(() => localStorage.getItem(setting)) !== 'off'
  on.addEventListener('change', () => {
    withStorage(() => localStorage.setItem(setting, on.checked ? 'on' : 'off'))
  })
  byId('show-shortcuts')?.addEventListener('click', () => list.showModal())
  addEventListener('keydown', (event) => {
    if (isOver() || !mayAct(event)) return
    if (press(event)) event.preventDefault()
  })
}

/** Not while a key belongs to a field, a dialog, or the system. */
function mayAct({ ctrlKey, altKey, metaKey, isComposing, target }: KeyboardEvent): boolean {
  if (!on?.checked || ctrlKey || altKey || metaKey || isComposing) return false
  if (document.querySelector('dialog[open]')) return false
  const typing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'
  return !(target instanceof Element && target.closest(typing))
}

function press({ key, target, timeStamp }: KeyboardEvent): boolean {
  const isSecond = timeStamp - leaderAt < sequenceEnds
  leaderAt = key === 'g' && !isSecond ? timeStamp : -Infinity
  if (isSecond) return go(key)
  const isAtRow = target instanceof Element && target.matches('[data-row]')
  if (key === '?') return list?.showModal() === undefined
  if (key === '/') return search()
  if (key === 'j' || (key === 'ArrowDown' && isAtRow)) return move(1)
  if (key === 'k' || (key === 'ArrowUp' && isAtRow)) return move(-1)
  return false
}

function go(key: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`[data-go="${CSS.escape(key)}"]`)
  if (link) location.assign(link.href)
  return link !== null
}

function search(): boolean {
  const field = byId<HTMLInputElement>('search')
  if (field) field.select()
  field?.focus()
  if (!field) return go('a')
  return true
}

/** From row to row of the page's lists, without going round. */
function move(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter(
    (row) => row.getClientRects().length > 0,
  )
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))
  rows[next]?.focus()
  rows[next]?.scrollIntoView({ block: 'nearest' })
  return rows.length > 0
}
