import { isHandheld } from '../../../../kernel/http/user-agent.ts'
import type { PageContext } from '../../../frame/page.ts'

export interface Machine {
  readonly onPhone: boolean
  readonly onWindows: boolean
}

/** The kind of machine that shows the page; one that tells nothing is most likely a PC with Windows. */
export function machineOf({ device }: Pick<PageContext, 'device'>): Machine {
  return { onPhone: isHandheld(device), onWindows: (device.system ?? 'Windows') === 'Windows' }
}
