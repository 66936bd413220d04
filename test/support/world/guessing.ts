// Guessing at passwords and codes, and what the counts say of it.
import { minutes } from '../../../src/kernel/clock.ts'
import type { Answer, HttpClient } from './http-client.ts'
import { givePassword } from './journeys.ts'
import { expectProblem, expectStatus, type TestAccount, type World } from './world.ts'

let lastAddress = 0

/** An address that nobody has tried from, so that only what is about the account counts. */
function anotherAddress(): string {
  lastAddress += 1
  return `203.0.${lastAddress >> 8}.${lastAddress & 255}`
}

/** Gives a password from this address, which the world has to take from its proxy. */
export function tryFrom(
  client: HttpClient,
  address: string,
  { loginId, password }: Pick<TestAccount, 'loginId' | 'password'>,
): Promise<Answer> {
  return client.raw({
    method: 'POST',
    path: '/api/sign-in',
    headers: { 'x-forwarded-for': address, 'content-type': 'application/json' },
    body: JSON.stringify({ loginId, password }),
  })
}

/** Gives a password in a new browser, somewhere else each time. */
export function tryAnew(
  world: World,
  login: Pick<TestAccount, 'loginId' | 'password'>,
): Promise<Answer> {
  return tryFrom(world.client(), anotherAddress(), login)
}

/** Wrong passwords, from so many places at once. */
export async function guessWrong(world: World, loginId: string, times: number): Promise<void> {
  const guess = () => tryAnew(world, { loginId, password: 'not the password' })
  for (const answer of await Promise.all(Array.from({ length: times }, guess))) {
    if (expectProblem(answer, 401) !== 'sign_in_refused') throw new Error(answer.text)
  }
}

/** Whether the right password is enough for the next step, in a new browser. */
export async function isLetIn(world: World, account: TestAccount): Promise<boolean> {
  const { status } = await tryAnew(world, account)
  if (status === 200) await world.nextCode(account)
  return status === 200
}

/** Guesses until the account is locked. */
export async function lockByGuessing(
  world: World,
  { loginId }: Pick<TestAccount, 'loginId'>,
): Promise<void> {
  await guessWrong(world, loginId, 5)
  for (const wait of [30, 60, 120, 240, 480]) {
    world.advance(wait * 1000)
    await guessWrong(world, loginId, 1)
  }
}

/** The same at once: the first nine are written down, the tenth is given. */
export async function lockAtOnce(world: World, { loginId }: TestAccount): Promise<void> {
  const row = { key: keyOf(world, loginId), failures: 9, wait_until: 0, last_at: world.now }
  await world.deps.db
    .insertInto('throttles')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute()
  await guessWrong(world, loginId, 1)
}

/** How many wrong passwords in a row count for a login ID that is written as it is kept. */
export async function failuresOf(
  world: World,
  { loginId }: Pick<TestAccount, 'loginId'>,
): Promise<number> {
  const counts = world.deps.db.selectFrom('throttles').select('failures')
  const row = await counts.where('key', '=', keyOf(world, loginId)).executeTakeFirst()
  return row?.failures ?? 0
}

function keyOf({ deps: { keys } }: World, loginId: string): string {
  return `password/${keys.hash('login-id', loginId)}`
}

/** So many wrong codes in sign-ins of the account, five in each, with a pause before each of them. */
export async function wrongCodes(world: World, account: TestAccount, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 5) {
    world.advance(31 * minutes)
    const client = world.client()
    expectStatus(await givePassword(client, account), 200)
    const wrong = otherThan(await world.nextCode(account))
    for (let time = 0; time < Math.min(left, 5); time += 1) {
      expectProblem(await client.post('/api/sign-in/email-code', { code: wrong }), 400)
    }
  }
}

/** A code that is not this one. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000'
}
