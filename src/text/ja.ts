// Japanese, the first language of every screen. Words in {braces} under `browser` are filled in there.
import { browser } from './ja/browser.ts'
import { call } from './ja/call.ts'
import { changeProof } from './ja/change-proof.ts'
import { consoleProblems, consoleProblemsByWhy } from './ja/console-problems.ts'
import { newPassword } from './ja/new-password.ts'
import { notices } from './ja/notices.ts'
import { ownChanges } from './ja/own-changes.ts'
import { page, places, devices, activity, announcements } from './ja/page.ts'
import { pending } from './ja/pending.ts'
import { hold, portal, secondFactor } from './ja/portal.ts'
import { applicationFailures, problems, problemsByWhy } from './ja/problems.ts'
import { recovery } from './ja/recovery.ts'
import { newPasskey, drawings } from './ja/registration.ts'
import { rehearsal } from './ja/rehearsal.ts'
import { sessionEnds, sessionWatch } from './ja/session.ts'
import { signIn, emailCode, passkey } from './ja/sign-in.ts'
import { stop } from './ja/stop.ts'
import { takingBack } from './ja/taking-back.ts'

export const ja = {
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
} as const
