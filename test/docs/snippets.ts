// The fenced blocks of a document, run as a reader would run them.
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { HttpClient } from '../support/world/http-client.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Snippet {
  readonly language: string
  readonly text: string
}

/** Every fenced block of a Markdown text, in its order. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  return [...markdown.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({
      language,
      text,
    }),
  )
}

export interface SnippetFolder {
  readonly path: string
  /** The names of the modules, by the comment at their top. */
  readonly names: readonly string[]
  /** Imports one of them; `M` is what the test expects of it. */
  load<M>(name: string): Promise<M>
  remove(): Promise<void>
}

/** Writes the TypeScript blocks as modules into a folder that sees the project's packages. */
export async function writeSnippets(snippets: readonly Snippet[]): Promise<SnippetFolder> {
  const path = await mkdtemp(join(tmpdir(), 'sekisho-snippets-'))
  const names: string[] = []
  await symlink(join(root, 'node_modules'), join(path, 'node_modules'))
  await writeFile(join(path, 'package.json'), '{"type":"module"}')
  for (const { language, text } of snippets) {
    if (language !== 'ts') continue
    const name = /^\/\/ ([\w-]+\.ts)\n/.exec(text)?.[1]
    if (name === undefined) throw new Error(`a snippet without a name:\n${text.slice(0, 200)}`)
    await writeFile(join(path, name), text)
    names.push(name)
  }
  const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: object
  }
  const typeRoots = [join(root, 'node_modules', '@types')]
  const settings = { compilerOptions: { ...compilerOptions, typeRoots }, include: ['*.ts'] }
  await writeFile(join(path, 'tsconfig.json'), JSON.stringify(settings))
  return {
    path,
    names,
    load: async <M>(name: string) => (await import(pathToFileURL(join(path, name)).href)) as M,
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

/** The words of the `npm run sekisho -- …` commands of a shell block, quotes taken off. */
export function commandsOf({ text }: Snippet): readonly (readonly string[])[] {
  return text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.startsWith('npm run sekisho -- '))
    .map((line) => line.slice('npm run sekisho -- '.length))
    .map((line) =>
      [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    )
}

/** A server of the reader's, on a free loopback port. */
export async function listen(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: new URL(`http://localhost:${port}/`),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export interface PostedForm {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** Posts a form as a browser does. */
export function post(client: HttpClient, path: string, fields: PostedForm['fields']) {
  return client.raw({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
}
