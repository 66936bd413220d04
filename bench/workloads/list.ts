// All workloads, by the names that --only takes.
import type { Workload } from '../bench.ts'
import { growth } from './growth.ts'
import { password } from './password.ts'
import { search } from './search.ts'
import { openid, passkey, signIn } from './sign-ins.ts'
import { start } from './start.ts'

export const workloads: Readonly<Record<string, Workload>> = {
  passkey,
  'sign-in': signIn,
  openid,
  password,
  growth,
  search,
  start,
}
