// Rule 46: whoever has a password can stop its account, so stops of strangers are few from one network.
import { stopsPerNetwork, telephoneKeys, telephoneStops } from '../../limits/stops.ts'
import type { Act } from '../act.ts'
import type { StopLevel } from '../vocabulary/life.ts'
import { customerNetwork } from './network.ts'
import { chargeWindow, fullWindow, selectWaitUntil } from './store.ts'

/** Charges a stop to its network; returns how many there were, or null, without a charge, when there are too many. */
export function chargeStop({ tx, now }: Act, network: string): Promise<number | null> {
  return chargeWindow(tx, keyOf(network), stopsPerNetwork, now)
}

/** How long the network has to wait. In milliseconds. */
export async function stopWait({ tx, now }: Act, network: string): Promise<number> {
  return (await selectWaitUntil(tx, keyOf(network))) - now
}

function keyOf(network: string): string {
  return `stop/${network}`
}

/**
 * Charges a stop by telephone to its login ID, whether anybody has it or not, and its level, so that lower ones keep
 * out none that stops more; or a wrong key to its address. 429 `too_many_stops` when there were too many.
 */
export async function chargeTelephone(
  { tx, now }: Act,
  what:
    { readonly loginIdHash: string; readonly level: StopLevel } | { readonly wrongKeyFrom: string },
): Promise<void> {
  const [key, limit] =
    'wrongKeyFrom' in what
      ? [`telephone/${customerNetwork(what.wrongKeyFrom)}`, telephoneKeys]
      : [`telephone-stop/${what.level}/${what.loginIdHash}`, telephoneStops]
  if ((await chargeWindow(tx, key, limit, now)) !== null) return
  throw await fullWindow(tx, key, now, 'too_many_stops')
}
