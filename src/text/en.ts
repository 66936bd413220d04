// English, with every key of the Japanese catalogue.
import { browser } from './en/browser.ts'
import { call } from './en/call.ts'
import { changeProof } from './en/change-proof.ts'
import { consoleProblems, consoleProblemsByWhy } from './en/console-problems.ts'
import { newPassword } from './en/new-password.ts'
import { notices } from './en/notices.ts'
import { ownChanges } from './en/own-changes.ts'
import { page, places, devices, activity, announcements } from './en/page.ts'
import { pending } from './en/pending.ts'
import { hold, portal, secondFactor } from './en/portal.ts'
import { applicationFailures, problems, problemsByWhy } from './en/problems.ts'
import { recovery } from './en/recovery.ts'
import { newPasskey, drawings } from './en/registration.ts'
import { rehearsal } from './en/rehearsal.ts'
import { sessionEnds, sessionWatch } from './en/session.ts'
import { signIn, emailCode, passkey } from './en/sign-in.ts'
import { stop } from './en/stop.ts'
import { takingBack } from './en/taking-back.ts'
import type { Texts } from './texts.ts'

export const en: Texts = {
  problems,
  problemsByWhy,
  consoleProblems,
  consoleProblemsByWhy,
  applicationFailures,
  places,
  devices,
  activity,
  page,
  announcements,
  sessionEnds,
  sessionWatch,
  signIn,
  emailCode,
  passkey,
  newPassword,
  changeProof,
  hold,
  ownChanges,
  notices,
  pending,
  stop,
  portal,
  newPasskey,
  drawings,
  secondFactor,
  takingBack,
  call,
  recovery,
  rehearsal,
  browser,
}
