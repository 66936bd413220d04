import type { ProblemCode, ProblemExtras } from '../kernel/http/problem.ts'
import type { Texts } from './texts.ts'

/** Whom a refusal addresses: the console's sentences tell a member of support what to do. */
export type Readers = 'customers' | 'operators'

type ProblemTexts = Pick<
  Texts,
  'problems' | 'consoleProblems' | 'problemsByWhy' | 'consoleProblemsByWhy'
>
type WordsByWhy = Readonly<Record<string, Readonly<Record<string, Partial<ProblemWords>>>>>

export interface ProblemWords {
  readonly title: string
  readonly detail: string
}

/** The words of a refusal, for those who read it; where its `why` has words of its own, those. */
export function problemWords(
  { problems, consoleProblems, problemsByWhy, consoleProblemsByWhy }: ProblemTexts,
  code: ProblemCode,
  readers: Readers,
  { why }: ProblemExtras = {},
): ProblemWords {
  const words: Readonly<Record<ProblemCode, ProblemWords>> =
    readers === 'operators'
      ? { ...problems, ...consoleProblems }
      : { ...consoleProblems, ...problems }
  const byWhy: WordsByWhy =
    readers === 'operators' ? { ...problemsByWhy, ...consoleProblemsByWhy } : problemsByWhy
  return { ...words[code], ...byWhy[code]?.[String(why)] }
}
