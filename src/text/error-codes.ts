// The short code that is shown after each sentence of failure, and the list of them in the help.
import type { ProblemWords } from './problem-words.ts'
import type { Texts } from './texts.ts'

interface ErrorEntry {
  /** As people read it aloud: `CODE-EXPIRED`. */
  readonly code: string
  /** Its place in the help. */
  readonly anchor: string
  /** Everything that is said with it: what probably happened, and what to do next. */
  readonly sentences: readonly string[]
}

/** The sentences that the pages' scripts say of their own, where they are failures. */
const failures = {
  common: ['unreachable', 'unexpected', 'scriptFailed', 'unloaded'],
  dialog: [
    ...(['unsupported', 'security', 'pending', 'trouble', 'unreadable'] as const),
    ...(['fault', 'unexpectedDialog'] as const),
  ],
  get: [
    ...(['notAllowed', 'timedOut', 'atOnce', 'invalidState'] as const),
    ...(['constraint', 'notSupported', 'unknownPasskey'] as const),
  ],
  create: ['notAllowed', 'timedOut', 'atOnce', 'invalidState', 'constraint', 'notSupported'],
  rehearsal: [
    ...(['notAllowed', 'timedOut', 'atOnce', 'invalidState'] as const),
    ...(['constraint', 'notSupported', 'unknownPasskey'] as const),
  ],
  secondFactor: ['notAllowed'],
} as const satisfies {
  readonly [G in keyof Texts['browser']]?: readonly (keyof Texts['browser'][G])[]
}

/** The code of a refusal, of a script's sentence, or of whatever else has such a name. */
export function errorCode(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => `-${letter}`)
    .replaceAll('_', '-')
    .toUpperCase()
}

/** `error-code-expired`: the place of a code in the help. */
export function errorAnchor(code: string): string {
  return `error-${code.toLowerCase()}`
}

/** Every code that a page may show, in the order of the alphabet. */
export function listErrors({
  problems,
  problemsByWhy,
  applicationFailures,
  browser,
}: Texts): readonly ErrorEntry[] {
  const said = new Map<string, string[]>()
  const add = (name: string, sentence: string) => {
    const code = errorCode(name)
    said.set(code, [...(said.get(code) ?? []), sentence])
  }
  for (const [name, { title, detail }] of Object.entries({ ...problems, ...applicationFailures })) {
    add(name, title)
    add(name, detail)
  }
  for (const [name, byWhy] of Object.entries(problemsByWhy)) {
    const words: readonly Partial<ProblemWords>[] = Object.values(byWhy)
    const sentences = words.flatMap(({ title, detail }) => [title, detail])
    for (const sentence of new Set(sentences)) if (sentence !== undefined) add(name, sentence)
  }
  add('codeFormat', browser.code.format)
  add('emailFormat', browser.ownChanges.emailFormat)
  add('addressFormat', browser.notices.addressFormat)
  for (const [group, names] of Object.entries(failures)) {
    const sentences: Readonly<Record<string, string>> = browser[group as keyof typeof failures]
    for (const name of names) add(name, sentences[name] ?? '')
  }
  return [...said]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, sentences]) => ({ code, anchor: errorAnchor(code), sentences }))
}
