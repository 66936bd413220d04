import type { ProblemCode } from '../kernel/http/problem.ts'
import type { Texts } from './texts.ts'

/** Whom a refusal addresses: the console's sentences tell a member of support what to do. */
export type Readers = 'customers' | 'operators'

interface ProblemWords {
  readonly title: string
  readonly detail: string
}

/** The words of a refusal, for those who read it. */
export function problemWords(
  { problems, consoleProblems }: Pick<Texts, 'problems' | 'consoleProblems'>,
  code: ProblemCode,
  readers: Readers,
): ProblemWords {
  const words: Readonly<Record<ProblemCode, ProblemWords>> =
    readers === 'operators'
      ? { ...problems, ...consoleProblems }
      : { ...consoleProblems, ...problems }
  return words[code]
}
