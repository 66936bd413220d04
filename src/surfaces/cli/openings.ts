// What each command opens that was shut, or null: SEKISHO_COMMANDS=restricted refuses whatever opens something, and
// docs/threats.md lists it as what one person may do alone (docs/decisions/0034).

interface Opening {
  /** In words that go on from the command's name: "accounts unlock lets …". */
  readonly says: string
  /** Restricted too, the console gets its first two admins from here; the command itself counts them. */
  readonly first?: true
}

const opens = (says: string): Opening => ({ says })

export const openings = {
  serve: null,
  demo: null,
  console: null,
  migrate: null,
  // A login ID that is taken is refused: whoever knows the password gets into what is new and empty.
  'accounts add': null,
  'accounts show': null,
  'accounts lock': null,
  'accounts unlock': opens('lets a locked account in again, or all that were locked by guessing'),
  'accounts close': null,
  'accounts reopen': opens('lets an account in again whose contract had ended'),
  'accounts erase': null,
  'accounts set-password': opens(
    'gives a code that sets an account’s password, with one by e-mail',
  ),
  'accounts set-email': opens('sends an account’s codes and notices to another address'),
  'announcements set': null,
  'announcements list': null,
  'announcements remove': null,
  backup: null,
  restore: opens('puts passwords, addresses and passkeys of before in force'),
  'clients add': opens('lets another application ask who somebody is'),
  'clients list': null,
  'clients change': opens('sends sign-ins to other addresses of an application'),
  'clients remove': null,
  doctor: null,
  'help-texts': null,
  'keys revoke': null,
  'keys rotate': null,
  // What was approved by two at the console: the code is of no use without the mailbox.
  'letters export': null,
  'mail undelivered': null,
  'operators add': { says: 'makes an operator of the console, with roles', first: true },
  'operators keys': null,
  'operators list': null,
  'operators remove': null,
  'passkeys list': null,
  'passkeys remove': opens('makes a code by e-mail enough, where it was the last one'),
  'requests verify': null,
  'secrets rotate': null,
  'sessions end': null,
  'trail trim': null,
} as const satisfies Readonly<Record<string, Opening | null>>
