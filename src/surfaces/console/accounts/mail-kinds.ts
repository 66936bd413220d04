import type { CodePurpose } from '../../../text/code-mails.ts'
import type { Notice } from '../../../text/mails.ts'

/** Notices about a request have one word for each step of it, whatever is asked for. */
const steps = ['asked', 'waits', 'wait'] as const
type Step = (typeof steps)[number]

type Words = Readonly<
  Record<Exclude<Notice, `${Step}_${string}`> | CodePurpose | Step, string> & { code: string }
>

/** What a mail is, in a few words; its kind itself where nobody knows it any more. */
export function wordOfMail(words: Words, kind: string): string {
  const known: Readonly<Record<string, string>> = words
  const step = steps.find((one) => kind.startsWith(`${one}_`))
  return known[kind] ?? (step && words[step]) ?? kind
}
