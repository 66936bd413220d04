// The steps of the manual (docs/screens.md, M1 to M8): the screen of each, and the places of its numbers.
// Their words are in src/text/manual/, and a step without words, or the reverse, does not compile.
import type { ManualTexts } from '../../../text/manual/manual-texts.ts'
import type { Texts } from '../../../text/texts.ts'
import type { DrawingName } from '../../frame/drawings.ts'

/** A control or part of a screen, found as people and screen readers find it. */
export interface Mark {
  readonly role:
    | 'button'
    | 'checkbox'
    | 'group'
    | 'heading'
    | 'link'
    | 'navigation'
    | 'radio'
    | 'region'
    | 'textbox'
  /** Its whole accessible name. */
  readonly name: (texts: Texts) => string
}

/** A step with a picture of a screen has marks, one with dialogs of others has drawings. */
export interface Step {
  readonly marks?: Readonly<Record<string, Mark>>
  /** The part of the screen that the picture shows; without it the page's whole main part. */
  readonly shows?: Mark
  /** Of a long screen: up to the last mark, or from the first to the last. */
  readonly crop?: 'to-last-mark' | 'to-marks'
  readonly drawings?: readonly DrawingName[]
  /** The drawings are alternatives, not a sequence. */
  readonly areAlternatives?: true
}

type Words = ManualTexts['chapters']

type StepFor<W> = W extends { readonly marks: infer M }
  ? Pick<Step, 'shows' | 'crop'> & {
      readonly marks: { readonly [Name in keyof M]: Mark }
    }
  : W extends { readonly captions: infer C }
    ? Pick<Step, 'areAlternatives'> & {
        readonly drawings: { readonly [Index in keyof C]: DrawingName }
      }
    : Readonly<Record<never, never>>

type Chapters = {
  readonly [C in keyof Words]: {
    readonly [S in keyof Words[C]['steps']]: StepFor<Words[C]['steps'][S]>
  }
}

const nameForm = {
  name: { role: 'textbox', name: ({ newPasskey }) => newPasskey.name.name },
  submit: { role: 'button', name: ({ newPasskey }) => newPasskey.name.submit },
} as const satisfies Record<string, Mark>

const codeForm = {
  code: { role: 'textbox', name: ({ emailCode }) => emailCode.code },
  submit: { role: 'button', name: ({ emailCode }) => emailCode.submit },
  resend: { role: 'button', name: ({ emailCode }) => emailCode.resend },
} as const satisfies Record<string, Mark>

const registered: Mark = { role: 'heading', name: ({ newPasskey }) => newPasskey.done.title }

/** In the order of the manual; the first chapter has no number. */
export const chapters: Chapters = {
  start: { doors: {}, overview: {} },
  device: {
    windows: { drawings: ['settings'] },
    phone: { drawings: ['phoneSettings'] },
  },
  email: {
    begin: {
      marks: { register: { role: 'button', name: ({ portal }) => portal.register } },
    },
    mail: { drawings: ['mail'] },
    code: { marks: codeForm, crop: 'to-last-mark' },
  },
  computer: {
    computerName: {
      marks: {
        name: nameForm.name,
        device: { role: 'radio', name: ({ newPasskey }) => newPasskey.name.thisComputer },
        submit: nameForm.submit,
      },
      crop: 'to-marks',
    },
    computerSave: { drawings: ['save'] },
    computerManager: { drawings: ['manager', 'managerList', 'save'] },
    computerHello: { drawings: ['hello'] },
    computerDone: { marks: { title: registered } },
  },
  smartphone: {
    phoneName: {
      marks: {
        name: nameForm.name,
        device: { role: 'radio', name: ({ newPasskey }) => newPasskey.name.phone },
        submit: nameForm.submit,
      },
      crop: 'to-marks',
    },
    phoneSave: { drawings: ['change', 'phoneList'] },
    phoneRead: { drawings: ['qr', 'lock'] },
    phoneDone: { marks: { title: registered } },
  },
  signIn: {
    signIn: {
      marks: {
        loginId: { role: 'textbox', name: ({ signIn }) => signIn.loginId },
        saveLoginId: { role: 'checkbox', name: ({ signIn }) => signIn.saveLoginId },
        password: { role: 'textbox', name: ({ signIn }) => signIn.password },
        savePassword: { role: 'checkbox', name: ({ signIn }) => signIn.savePassword },
        showPassword: { role: 'checkbox', name: ({ signIn }) => signIn.showPassword },
        submit: { role: 'button', name: ({ signIn }) => signIn.submit },
        forgotten: { role: 'link', name: ({ signIn }) => signIn.forgottenLink },
        close: { role: 'link', name: ({ signIn }) => signIn.close },
        links: { role: 'navigation', name: ({ signIn }) => signIn.linksLabel },
      },
    },
  },
  passkey: {
    passkeyChoose: {
      marks: {
        list: { role: 'group', name: ({ passkey }) => passkey.legend },
        submit: { role: 'button', name: ({ passkey }) => passkey.submit },
      },
      crop: 'to-last-mark',
    },
    passkeyConfirm: { drawings: ['hello', 'qr'], areAlternatives: true },
    passkeyDone: { drawings: ['trading'] },
    passkeyNotes: {
      marks: {
        removal: { role: 'link', name: ({ passkey }) => passkey.removalLink },
        questions: { role: 'link', name: ({ passkey }) => passkey.faqLink },
      },
      shows: { role: 'region', name: ({ passkey }) => passkey.notesTitle },
    },
  },
  emailFactor: {
    emailCode: { marks: codeForm },
    factor: {
      marks: {
        email: { role: 'radio', name: ({ secondFactor }) => secondFactor.email },
        passkey: { role: 'radio', name: ({ secondFactor }) => secondFactor.passkey },
        submit: { role: 'button', name: ({ secondFactor }) => secondFactor.submit },
      },
    },
    factorConfirm: { drawings: ['hello'] },
    factorDone: {
      marks: { title: { role: 'heading', name: ({ secondFactor }) => secondFactor.doneTitle } },
    },
  },
  removal: {
    removal: {
      marks: { removal: { role: 'link', name: ({ portal }) => portal.removalLink } },
      shows: { role: 'region', name: ({ portal }) => portal.passkeysTitle },
    },
  },
}

export interface PicturedStep extends Step {
  readonly id: string
  readonly marks: Readonly<Record<string, Mark>>
}

/** The steps that show one of our own screens. */
export function picturedSteps(): readonly PicturedStep[] {
  const all: Readonly<Record<string, Readonly<Record<string, Step>>>> = chapters
  return Object.values(all)
    .flatMap((steps) => Object.entries(steps))
    .flatMap(([id, { marks, ...rest }]) => (marks ? [{ ...rest, id, marks }] : []))
}
