// Starts the trading desk by itself: DESK_CLIENT_ID=… DESK_CLIENT_SECRET=… node main.ts
import { startDesk } from './desk.ts'
import { readSettings } from './settings.ts'

try {
  const desk = await startDesk(readSettings(process.env))
  process.send?.('listening')
  console.log(`trading desk: ${desk.origin}`)
  const stop = () => void desk.stop().then(() => process.exit(0))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
  // Started by another program, it does not outlive it.
  process.once('disconnect', stop)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
