/** The version of oidc-provider that was read for every seam. Read it again for each before this is raised. */
export const writtenFor = '9.13.3'

/** One place where Sekisho leans on what oidc-provider does not promise to keep. */
export interface Seam {
  readonly changes: string
  readonly because: string
  /** What the library must still have, as a path from a provider, such as `Client.prototype.includeSid`. */
  readonly methods?: readonly string[]
  /** What must still stand in the library's source: a file below lib/, and a text in it. */
  readonly texts?: readonly (readonly [file: string, text: string])[]
}
