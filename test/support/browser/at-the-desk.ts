// A browser, an installation and the trading desk that signs in there, in one process and on one clock.
import { after, before, beforeEach, describe, mock } from 'node:test'
import type { RunningDesk } from '../../../examples/trading-desk/desk.ts'
import type { SuiteOptions } from '../world/frames.ts'
import { startTradingDesk } from '../world/trading-desk.ts'
import { startBrowserWorld, type BrowserWorld } from './walks.ts'

interface AtTheDesk extends BrowserWorld {
  readonly desk: RunningDesk
  /** Lets time go by: only the test moves the clock of both places and their libraries. */
  wait(milliseconds: number): void
}

/** A suite with one of each, which are there for all of its tests; a hold lasts three minutes. */
export function atTheDesk(
  title: string,
  options: SuiteOptions,
  suite: (started: AtTheDesk) => void,
): void {
  describe(title, options, () => {
    let begun: BrowserWorld
    let desk: RunningDesk
    before(async () => {
      begun = await startBrowserWorld({ env: { SEKISHO_HOLD_HOURS: '0.05' } })
      desk = await startTradingDesk(begun.world)
    })
    after(async () => {
      mock.timers.reset()
      await begun.browser.close()
      await desk.stop()
      await begun.world.stop()
    })
    beforeEach(() => {
      mock.timers.reset()
      mock.timers.enable({ apis: ['Date'], now: Date.now() })
    })
    suite({
      get browser() {
        return begun.browser
      },
      get world() {
        return begun.world
      },
      get desk() {
        return desk
      },
      wait: (milliseconds) => mock.timers.setTime(Date.now() + milliseconds),
    })
  })
}
