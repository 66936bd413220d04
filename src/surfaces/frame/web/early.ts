// Stands in for the page's script until that has come. It is a classic script that the page waits for, and
// small: so nothing can be typed or pressed before it. A press is kept on its form or button, and form.ts
// does it then; where no script runs at all, the buttons stay disabled.

let failed = false

addEventListener('submit', (event) => {
  // One that only leads to another page needs no script.
  if (!(event.target as Element).matches('[method=get]')) keep(event, event.target)
})
addEventListener('click', (event) => {
  keep(event, (event.target as Element).closest('button.primary[type=button]'))
})
// Before the page's script runs, which waits for this state.
document.addEventListener('readystatechange', settle)
addEventListener(
  'error',
  ({ target }) => {
    failed ||= target instanceof HTMLScriptElement
    settle()
  },
  true,
)

/** The page's script has taken an event that it prevented. */
function keep(event: Event, trigger: EventTarget | null): void {
  if (event.defaultPrevented || !(trigger instanceof HTMLElement)) return
  event.preventDefault()
  trigger.dataset['pressed'] = ''
  const button = trigger.querySelector('[type=submit]') ?? trigger
  button.setAttribute('aria-disabled', 'true')
}

function settle(): void {
  if (document.readyState === 'loading') return
  if (failed) return giveUp()
  if (document.readyState !== 'interactive') return
  for (const button of document.querySelectorAll<HTMLButtonElement>('button.primary')) {
    button.disabled = false
    if (button.autofocus) button.focus({ preventScroll: true })
  }
}

function giveUp(): void {
  const words = document.querySelector('main')?.dataset['words'] ?? '{}'
  const { unloaded = '', errorCode = '' } = JSON.parse(words) as Partial<Record<string, string>>
  const problem = document.getElementById('problem')
  const lines = [unloaded, errorCode.replace('{code}', 'UNLOADED')].map((textContent) =>
    Object.assign(document.createElement('p'), { textContent }),
  )
  problem?.replaceChildren(...lines)
  for (const button of document.querySelectorAll('button')) {
    button.disabled = true
    button.removeAttribute('aria-disabled')
  }
}
