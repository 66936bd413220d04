import { call, Refused } from '../../frame/web/api.ts'
import { shareSignOut } from './session-shared.ts'

/** Signs out; a session that has ended by itself is as good. */
export async function endSession(): Promise<void> {
  try {
    await call('DELETE', '/api/session')
  } catch (error) {
    if (!(error instanceof Refused && error.refusal.code === 'not_signed_in')) throw error
  }
  shareSignOut()
}
