// Recorded answers, made by our own authenticator and kept as data: what is refused today, and what is
// accepted, stays so whatever library does the checking. `record.ts` makes them anew.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { authenticationAnswer, registrationAnswer } from '../../src/domain/passkeys/answers.ts'
import { readClientData, refuseFrame } from '../../src/domain/passkeys/client-data.ts'
import { verifyAssertion, verifyRegistration } from '../../src/domain/passkeys/verify.ts'
import { Problem, problemStatus } from '../../src/kernel/http/problem.ts'
import {
  bentAssertions,
  bentRegistrations,
  relyingParty,
} from '../support/authenticator/bent-answers.ts'
import { readVectors, type Vector, type VectorContext } from './vector.ts'

type Outcome = Pick<Vector, 'code'> & { readonly read: object }

/** What the product makes of an answer, without a database: the challenge counts as found. */
async function replay({ kind, context, response }: Vector): Promise<Outcome> {
  const answer = (kind === 'create' ? registrationAnswer : authenticationAnswer).safeParse(response)
  if (!answer.success) return { code: 'invalid_request', read: {} }
  try {
    const clientData = readClientData(answer.data.response.clientDataJSON)
    if (kind === 'create') refuseFrame(clientData)
    const read =
      kind === 'create'
        ? verifyRegistration(
            relyingParty(context),
            context.challenge,
            registrationAnswer.parse(response),
          )
        : verifyAssertion(
            relyingParty(context),
            context.challenge,
            { account: context, passkey: passkeyOf(context) },
            authenticationAnswer.parse(response),
            clientData,
          )
    return { code: null, read: await read }
  } catch (error) {
    assert.ok(error instanceof Problem, String(error))
    assert.equal(problemStatus[error.code], 400)
    assert.ok(error.cause, 'the log is told what was wrong')
    return { code: error.code as Vector['code'], read: {} }
  }
}

function passkeyOf({ passkey }: VectorContext) {
  assert.ok(passkey)
  return passkey
}

for (const [kind, bent] of [
  ['create', bentRegistrations],
  ['get', bentAssertions.filter(({ unknown }) => !unknown)],
] as const) {
  describe(`a recorded answer to ${kind}()`, () => {
    const vectors = readVectors(kind)

    for (const vector of vectors) {
      test(`${vector.code === null ? 'is accepted' : 'is refused'}: ${vector.name}`, async () => {
        const { code, read } = await replay(vector)
        assert.equal(code, vector.code)
        assert.deepEqual({ ...read, ...vector.read }, read)
      })
    }

    test('is kept for every fault, and for every algorithm a good one', () => {
      const recorded = new Map(vectors.map(({ name, code }) => [name, code]))
      assert.equal(recorded.size, vectors.length)
      for (const { name, code } of bent) assert.equal(recorded.get(name), code, name)
      for (const name of ['EdDSA', 'ES256', 'RS256']) {
        assert.equal(recorded.get(`good, ${name}`), null)
      }
    })

    test('counts for its own challenge, site and account alone', async () => {
      const good = vectors.find(({ name }) => name === 'good, ES256')
      assert.ok(good)
      const elsewhere: Partial<VectorContext>[] = [
        { challenge: Buffer.alloc(32).toString('base64url') },
        { origin: 'https://login.example.com' },
        { rpId: 'example.com' },
      ]
      if (kind === 'get') elsewhere.push({ userHandle: Buffer.alloc(64).toString('base64url') })
      for (const change of elsewhere) {
        const { code } = await replay({ ...good, context: { ...good.context, ...change } })
        assert.equal(code, 'passkey_not_verified', JSON.stringify(change))
      }
    })
  })
}
