// The key of the broker's telephone computer: whoever guesses it stops accounts.
import { shortestTelephoneKey } from '../../../limits/stops.ts'
import type { TelephoneConfig } from '../../../settings/life.ts'
import type { Check, Finding } from './finding.ts'

export function telephoneCheck({ key }: Pick<TelephoneConfig, 'key'>): Check {
  const check = 'telephone key'
  return {
    name: check,
    async run(): Promise<readonly Finding[]> {
      if ([...key].length >= shortestTelephoneKey) {
        return [{ check, state: 'ok', says: `it has ${shortestTelephoneKey} characters or more` }]
      }
      const says = `it has fewer than ${shortestTelephoneKey} characters, and may be guessed`
      const cure = 'SEKISHO_TELEPHONE_KEY: one that `openssl rand -base64 32` makes'
      return [{ check, state: 'warning', says, cure }]
    },
  }
}
