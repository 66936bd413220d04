import { byId } from './form.ts'

/**
 * Puts a template in place of the page's stage, fills in its facts, shows the named ones of its
 * notes, and moves the focus to its h1.
 */
export function showInstead(
  template: string,
  facts: Readonly<Record<string, string>> = {},
  notes: readonly string[] = [],
): void {
  const stage = byId('stage')
  const next = byId<HTMLTemplateElement>(template)?.content.cloneNode(true)
  if (!stage || !next) return
  const before = stage.querySelector('h1')?.textContent ?? ''
  stage.replaceChildren(next)
  for (const [name, value] of Object.entries(facts)) {
    const place = stage.querySelector(`[data-fact="${CSS.escape(name)}"]`)
    if (place) place.textContent = value
  }
  for (const note of stage.querySelectorAll<HTMLElement>('[data-note]')) {
    note.hidden = !notes.includes(note.dataset['note'] ?? '')
  }
  const heading = stage.querySelector('h1')
  document.title = document.title.replace(before, heading?.textContent ?? '')
  scrollTo(0, 0)
  heading?.focus()
}
