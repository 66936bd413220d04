/** One place where Sekisho leans on what oidc-provider does not promise to keep. */
export interface Seam {
  readonly changes: string
  readonly because: string
  /** The version of oidc-provider that was read. Read the library again before this is raised. */
  readonly writtenFor: string
  /** What the library must still have, as a path from a provider, such as `Client.prototype.includeSid`. */
  readonly methods?: readonly string[]
  /** What must still stand in the library's source: a file below lib/, and a text in it. */
  readonly texts?: readonly (readonly [file: string, text: string])[]
}
