import { commandShownFor } from '../../../kernel/limits.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

export const operators: ConsoleTexts['operators'] = {
  title: 'Operators',
  lead: 'Adding, changing roles and issuing a code need another admin’s approval. One admin alone can delete, at once.',
  add: 'Ask to add an operator',
  name: 'Name',
  roles: 'Roles',
  passkeys: 'Passkeys',
  passkeysCount: (count) => `${count}`,
  signedIn: 'Signed in',
  state: 'State',
  open: 'active',
  closed: 'deleted',
  notEnrolled: 'not enrolled',
  account: 'Own account',
  act: 'Acts',
  changeRoles: (name) => `Ask to change roles: ${name}`,
  changeRolesShort: 'Ask to change roles',
  code: (name) => `Ask for an enrolment code: ${name}`,
  codeShort: 'Ask for an enrolment code',
  remove: (name) => `Delete ${name}`,
  removeShort: 'Delete',
  removeTitle: 'Delete an operator',
  removeText: (name) =>
    `The sessions and passkeys of ${name} end at once. Requests that they made lapse.`,
  removeSubmit: 'Delete for good',
  isCustomer: 'yes',
  bannerLabel: 'Changes by command',
  did: { added: 'added', removed: 'deleted' },
  banner: `A command on the server changed operators within ${inWords(commandShownFor, 'en')}. Delete at once any that you do not know of, and ask those who run the system.`,
  own: 'you',
  lastAdmins: 'Of two admins neither can be deleted.',
}
