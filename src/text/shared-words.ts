/** Sentences for the scripts that customers' pages and the console share, each in the words of its site. */
export interface SharedWords {
  readonly unreachable: string
  readonly unexpected: string
  readonly scriptFailed: string
  readonly unloaded: string
  readonly requestId: string
  readonly working: string
  readonly waitSeconds: string
  readonly waitMinutes: string
  readonly waitHours: string
  readonly waitOver: string
  readonly open: string
  readonly checking: string
  readonly stopped: string
  readonly unsupported: string
  readonly security: string
  readonly pending: string
  readonly trouble: string
  readonly unreadable: string
  readonly fault: string
  readonly unexpectedDialog: string
  readonly notAllowed: string
  readonly timedOut: string
  readonly atOnce: string
  readonly invalidState: string
  readonly constraint: string
  readonly notSupported: string
  readonly unknownPasskey: string
}
