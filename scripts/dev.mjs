// npm run dev: npm start once more whenever a file of src/ changes. What did not change is not built.
import { become, install } from './install.mjs'

await install()
const start = ['scripts/start.mjs', ...process.argv.slice(2)]
await become('node', ['--watch', '--watch-path=src', ...start])
