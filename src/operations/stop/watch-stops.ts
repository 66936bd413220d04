// Stops as a weapon: whoever knows passwords, or only login IDs and the telephone, may stop other people's accounts.
import type { Act } from '../../domain/act.ts'
import { raiseAlert } from '../../domain/alerts/alerts.ts'
import { countStrangeStops } from '../../domain/stops/store.ts'
import type { StopWay } from '../../domain/vocabulary/life.ts'
import { manyStops } from '../../limits/stops.ts'

/** Raises an alert once an hour when stops come in a burst that strangers may have sent. */
export async function watchStops(act: Act, way: StopWay): Promise<void> {
  if (way !== 'unknown-browser' && way !== 'telephone') return
  const { stops: most, within } = manyStops
  const stops = await countStrangeStops(act.tx, act.now - within, most)
  if (stops < most) return
  const once = `all/${Math.floor(act.now / within)}`
  await raiseAlert(act, { kind: 'many-stops', detail: { stops }, once })
}

/** Raises an alert about a network whose stops have reached their limit. */
export async function tellNetwork(act: Act, network: string, stops: number): Promise<void> {
  const once = `${network}/${Math.floor(act.now / manyStops.within)}`
  await raiseAlert(act, { kind: 'many-stops', detail: { stoppedFrom: network, stops }, once })
}
