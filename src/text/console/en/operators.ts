import { commandShownFor } from '../../../limits/operators.ts'
import { inWords } from '../../in-words.ts'
import type { ConsoleTexts } from '../console-texts.ts'

export const operators: ConsoleTexts['operators'] = {
  title: 'Operators',
  lead: 'Adding an operator, changing roles and issuing a code need another admin’s approval. Deleting takes one admin and works at once.',
  add: 'Request to add an operator',
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
  changeRoles: (name) => `Request a change of roles: ${name}`,
  changeRolesShort: 'Request a change of roles',
  code: (name) => `Request an enrolment code: ${name}`,
  codeShort: 'Request an enrolment code',
  remove: (name) => `Delete ${name}`,
  removeShort: 'Delete',
  removeTitle: 'Delete an operator',
  removeText: (name) =>
    `The sessions and passkeys of ${name} end at once. Requests that they made lapse.`,
  removeSubmit: 'Delete for good',
  isCustomer: 'yes',
  bannerLabel: 'Changes by command',
  did: { added: 'added', removed: 'deleted' },
  banner: `A command on the server changed operators within ${inWords(commandShownFor, 'en')}. If you did not expect a change, delete that operator at once and ask those who run the system.`,
  bannerMore: (count: number) => `and ${count} more before these`,
  own: 'you',
  lastAdmins: 'While there are only two admins, neither can be deleted.',
}
