// docs/config.md: the settings as a page, from the same list that the server reads them by.
import { settings, type Setting } from '../src/settings/settings.ts'

const introduction = `
# Settings

Sekisho reads its settings from the environment, once, when it starts. A name that is set to nothing
counts as not set. A value that cannot be used ends the start with a line that names the setting.

What is secret may also lie in a file: set the name with \`_FILE\` after it to the path of that file,
for example \`SEKISHO_SECRET_FILE\`. A line break at the end of the file is left out. Only the names
marked below have such a form, and setting both forms of one name is refused.

The demo (\`npm start\`) brings its own mail server and secret and needs none of them.
`

/** The text of docs/config.md, before Prettier has aligned its table. */
export function describeSettings(): string {
  const rows = (settings as readonly Setting[]).map((setting) => {
    // Without the backslash Markdown takes `<address>` for an element and leaves it out.
    const says = setting.says.replaceAll('<', '\\<')
    return `| ${names(setting)} | ${whenUnset(setting)} | ${says} |`
  })
  const head = ['| Setting | When it is not set | What it is |', '| --- | --- | --- |']
  const origin =
    'This page is written by `npm run docs` from `src/settings/settings.ts`: change it there.'
  return `${introduction}\n${[...head, ...rows].join('\n')}\n\n${origin}\n`
}

function names({ name, secret }: Setting): string {
  return secret ? `\`${name}\` or \`${name}_FILE\`` : `\`${name}\``
}

function whenUnset({ default: value, neededBy }: Setting): string {
  if (neededBy) return `refused by ${neededBy === 'serve' ? '`serve`' : neededBy}`
  return value ? `\`${value}\`` : '—'
}
