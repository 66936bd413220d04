import { codeWaits } from '../../limits/codes.ts'
import { passwordWaits, untilLifted } from '../../limits/passwords.ts'

/** The longest wait after wrong passwords, before they lock the account. */
export const passwordWait = Math.max(
  ...[...passwordWaits.after]
    .filter(([count]) => count < passwordWaits.stopAt)
    .map(([, wait]) => wait),
)

/** The longest wait after wrong codes, before support has to lift it. */
export const codeWait = Math.max(
  ...[...codeWaits.after.values()].filter((wait) => wait < untilLifted),
)
