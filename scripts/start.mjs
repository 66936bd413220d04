// npm start: from a fresh clone to a running demo.
import { become, install } from './install.mjs'

await install()
await become('node', ['src/main.ts', 'demo', ...process.argv.slice(2)])
