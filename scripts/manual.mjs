// npm run manual [-- --accept]: takes the pictures of the customers' manual in a real Chromium, and prints
// it. With --accept the screens of today become the ones that the manual was written for.
import { ensureJapaneseFont, findChromium } from './browsers.mjs'
import { become, environment, install } from './install.mjs'

await install()
const env = { ...environment, SEKISHO_TEST_CHROMIUM: await findChromium() }
await ensureJapaneseFont()
await become('node', ['test/manual/make.ts', ...process.argv.slice(2)], { env })
