import type { Seam } from './seam.ts'

export const runtimeWarning: Seam = {
  changes: 'The library is loaded without its warning of the runtime.',
  because:
    'It warns of every Node that has no long-term support yet, at each start and in no JSON. Which Node runs is pinned, and tested.',
  texts: [
    ['index.js', "attention.warn('Unsupported runtime. "],
    ['helpers/attention.js', 'console.warn('],
  ],
}

/** Loads what loads oidc-provider; whatever else is warned of meanwhile is heard. */
export async function withoutRuntimeWarning<T>(load: () => Promise<T>): Promise<T> {
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('oidc-provider WARNING: Unsupported runtime.')) warn(...words)
  }
  try {
    return await load()
  } finally {
    console.warn = warn
  }
}
