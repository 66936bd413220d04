// npm run bench: measures what a sign-in costs; docs/performance.md says how.
import { become, install } from './install.mjs'

await install()
await become('node', ['bench/main.ts', ...process.argv.slice(2)])
