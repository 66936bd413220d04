import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemStatus, type ProblemCode } from '../kernel/http/problem.ts'
import { listErrors } from './error-codes.ts'
import { problemWords } from './problem-words.ts'
import { texts } from './texts.ts'

const codes = Object.keys(problemStatus) as ProblemCode[]

test('every refusal has words for customers and for operators, in both languages', () => {
  for (const words of Object.values(texts)) {
    for (const code of codes) {
      for (const readers of ['customers', 'operators'] as const) {
        const { title, detail } = problemWords(words, code, readers)
        assert.ok(title && detail, code)
      }
    }
  }
})

test('an operator is not told to contact support, and a customer reads no sentence for operators', () => {
  for (const words of Object.values(texts)) {
    for (const code of ['start_again', 'passkey_not_verified', 'internal_error'] as const) {
      const [customer, operator] = (['customers', 'operators'] as const).map(
        (readers) => problemWords(words, code, readers).detail,
      )
      assert.match(String(customer), /カスタマーサポート|customer support/)
      assert.doesNotMatch(String(operator), /カスタマーサポート|customer support/)
    }
  }
})

test("the customers' help lists every refusal but the console's own", () => {
  for (const words of Object.values(texts)) {
    const listed = new Set(listErrors(words).flatMap(({ sentences }) => sentences))
    for (const code of codes) {
      const { title } = problemWords(words, code, 'customers')
      assert.equal(listed.has(title), code in words.problems, code)
    }
    assert.ok(!listed.has(words.consoleProblems.own_request.title))
  }
})
