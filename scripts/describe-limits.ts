// The sentences of the documents that hold limits. `npm run docs` fills them in, and test/limits.test.ts
// finds a number that none of them accounts for.
import { hours, seconds } from '../src/kernel/clock.ts'
import * as kernel from '../src/kernel/limits.ts'
import * as accounts from '../src/limits/accounts.ts'
import * as calls from '../src/limits/calls.ts'
import * as codes from '../src/limits/codes.ts'
import * as desk from '../src/limits/desk.ts'
import * as mails from '../src/limits/mails.ts'
import * as node from '../src/limits/node.ts'
import * as openid from '../src/limits/openid.ts'
import * as operators from '../src/limits/operators.ts'
import * as passkeys from '../src/limits/passkeys.ts'
import * as passwords from '../src/limits/passwords.ts'
import * as recoveries from '../src/limits/recoveries.ts'
import * as requests from '../src/limits/requests.ts'
import * as sessions from '../src/limits/sessions.ts'
import * as stops from '../src/limits/stops.ts'
import { inWords } from '../src/text/in-words.ts'
import { an, first, kib, length, long, word } from './in-english.ts'

export interface Sentence {
  readonly words: readonly string[]
  /** With whatever limits; each part of words is a group. */
  readonly pattern: RegExp
  readonly values: readonly (string | number)[]
}

/** A part of a sentence: words at both ends, and limits between them. */
export function said(parts: readonly string[], ...values: readonly (string | number)[]): Sentence {
  const groups = parts.map((part) => `(${RegExp.escape(part).replaceAll(/(?:\\x20)+/g, ' +')})`)
  return { words: parts, pattern: new RegExp(groups.join('[^\\n|]{1,20}?')), values }
}

/** The text with these sentences' limits as they are now; throws when it has none like one of them. */
export function fillIn(text: string, sentences: readonly Sentence[]): string {
  return sentences.reduce((rest, { words, pattern, values }) => {
    if (!pattern.test(rest)) throw new Error(`there is no sentence like: ${words.join('…')}`)
    return rest.replace(pattern, (_, ...groups) =>
      [groups[0], ...values.flatMap((value, at) => [value, groups[at + 1] as string])].join(''),
    )
  }, text)
}

const limits = {
  ...{ ...accounts, ...passwords, ...codes, ...recoveries, ...sessions, ...passkeys, ...stops },
  ...{ ...operators, ...requests, ...desk, ...calls, ...mails, ...openid, ...node, ...kernel },
}
/** Of an alphabet of 32. */
const bitsOfSign = 5
const { addressLimits, codeWaits, defaultHold, inHand, mailLanes, passwordWaits } = limits
const [ofAddress, ofHousehold, ofSite] = addressLimits
const [[firstCount, firstWait] = [0, 0]] = passwordWaits.after
const [[firstCodeCount, firstCodeWait] = [0, 0]] = codeWaits.after
const longestCodeWait = Math.max(
  ...[...codeWaits.after.values()].filter((wait) => wait !== limits.untilLifted),
)
const counted = passwordWaits.forgetAfter
const [[strangerCount, strangerWait] = [0, 0]] = limits.strangerWaits.after
const longestStrangerWait = Math.max(...limits.strangerWaits.after.values())
const [[activationCount, activationWait] = [0, 0]] = limits.activationWaits.after
const soonRetried = limits.firstMailRetry + 1 * seconds
const refusedTries = limits.retriesAfterRefusal.length + 1

export const limitsInDocuments: Readonly<Record<string, readonly Sentence[]>> = {
  'docs/rules.md': [
    said`registered: 1 to ${limits.longestPasskeyName} characters after trimming`,
    said`An account has at most ${limits.mostLivePasskeys} passkeys`,
    said`a credential ID of at most ${limits.longestCredentialId} bytes`,
    said`RSA of ${limits.rsaBits.fewest} to ${limits.rsaBits.most} bits`,
    said`It lives for ${length(limits.ceremonyLifetime)}; several`,
    said`from more than ${an(limits.mostClockDifference)} ahead`,
    said`A challenge is a note to ourselves of at most ${limits.mostChallengeBytes} bytes`,
    said`on record for ${an(limits.spentKept)} after their end`,
    said`needs a sign-in at most ${length(limits.freshSignIn)} old`,
    said`serves one such action, within ${length(limits.permissionLifetime)}.`,
    said`For ${length(defaultHold)} (\`SEKISHO_HOLD_HOURS\`)`,
    said`good for ${length(limits.codeLifetime)} and one use`,
    said`\n${first(word(limits.triesPerOwner))} wrong tries for each sign-in or session`,
    said`Over all sign-ins, ${word(firstCodeCount)} wrong codes of one purpose`,
    said`make that purpose wait ${an(firstCodeWait)}, then twice as long`,
    said`up to ${length(longestCodeWait)}; at ${codeWaits.stopAt} it stops`,
    said`another code waits ${length(limits.resendWait)} while`,
    said`at most ${limits.unusedCodesPerAccount} unused codes in ${length(limits.unusedCodesWindow)}.`,
    said`an activation code), ${limits.strangerCodes.failures} for a login ID in ${length(limits.strangerCodes.window)}, whether`,
    said`gets the notices of ${length(limits.formerEmailKept)} more`,
    said`a fresh proof is of the last ${length(limits.permissionLifetime)}, and`,
    said`a session of a sign-in at most ${length(limits.freshSignIn)} old, a code by e-mail`,
    said`a fresh code by e-mail, ${length(limits.defaultStopWait)} since the stop`,
    said`takes over a session within ${length(limits.freshSignIn)} of its sign-in`,
    said`It has ${limits.activationCodeLength * bitsOfSign} bits, lives ${length(limits.activationLifetime)}, and`,
    said`one mail with a login ID in ${an(limits.loginIdMails.window)}; an`,
    said`asks for at most ${limits.newAddressesPerAccount.failures} new addresses in ${an(limits.newAddressesPerAccount.window)}.`,
    said`one network stops ${limits.stopsPerNetwork.failures} times in ${an(limits.stopsPerNetwork.window)}, then`,
    said`Counts last ${length(counted)}, outlive`,
    said`can be the fifth. ${first(word(firstCount))} wrong in a row wait ${length(firstWait)}, then`,
    said`each time; ${word(passwordWaits.stopAt)} in a row lock`,
    said`One address has ${ofAddress.failures} wrong passwords in ${length(ofAddress.window)};`,
    said`by /${ofAddress.bits}, /${ofHousehold.bits} and /${ofSite.bits}, with`,
    said`with ${ofAddress.failures}, ${ofHousehold.failures} and ${ofSite.failures}.`,
    said`for ${an(limits.knownBrowserLifetime)}, and a count of its own`,
    said`re-enrolled or given a role within ${length(limits.pairRemembered)}, counted from`,
    said`opened something for the account within ${length(limits.pairRemembered)}, unless`,
    said`A request lapses after ${length(limits.requestLifetime)}, when`,
    said`At most ${word(inHand.ofLoginId)} are in hand for a login ID`,
    said`a known browser, ${word(inHand.ofKnownBrowsers)} for all known browsers of an account`,
    said`of an account, ${word(inHand.ofAddress)} of known browsers for an address`,
    said`It lives for ${length(limits.signInLifetime)}, is new`,
    said`It ends after ${length(limits.idleLifetime)} without use and after ${length(limits.longestLifetime)} in`,
    said`tried again after at most ${length(soonRetried)}, then`,
    said`twice as long, up to ${an(limits.longestMailRetry)}. It lies`,
    said`(5xx) is tried ${word(refusedTries)} times in ten minutes`,
    said`A session ends after ${length(limits.operatorIdle)} without use and after ${length(limits.operatorLongest)} in any case`,
    said`good once and for ${length(limits.enrolmentLifetime)}. Its use`,
    said`An operator has at most ${limits.mostOperatorPasskeys} passkeys; a further`,
    said`needs a proof of the last ${length(limits.permissionLifetime)}. Whatever`,
    said`the last ${word(limits.fewestAdmins)} admins stay`,
    said`stands at the console for ${length(limits.commandShownFor)}. Wrong`,
    said`limited by address: ${limits.enrolmentTries.failures} in ${length(limits.enrolmentTries.window)}. A`,
    said`given a role within ${length(limits.pairRemembered)}, counted`,
    said`a name by its beginning of ${limits.shortestNamePrefix} characters or more, at most ${limits.mostFound} lines`,
    said`One operator searches ${limits.searchesPerOperator.most} times in ${an(limits.searchesPerOperator.within)} and asks ${limits.revealsPerOperator.most} times;`,
    said`lasts until its ${long(limits.longestLifetime)} are over`,
    said`An assertion from more than ${an(limits.mostAhead)} ahead`,
  ],
  'docs/operate.md': [
    said`stops the node: for ${length(limits.drainFor)} it goes on answering`,
    said`restores the same account twice within ${length(limits.pairRemembered)}. `,
    said`connections for less than ${length(limits.drainFor)}**:`,
    said`PostgreSQL's are more than ${length(limits.mostClockOffset)} apart`,
    said`has been due for more than ${length(limits.mostOverdue)}:`,
    said`after ${ofAddress.failures} wrong passwords in ${long(ofAddress.window)} from one address`,
    said`behind it: ${kib(limits.largestBody)} for a body, ${length(limits.headWithin)} for the headers`,
    said`of a request, ${limits.requestWithin / seconds} for all of it`,
    said`the second writer waits, for ${length(limits.writerWaits)} at most`,
    said`A node opens up to ${limits.mostConnections} connections`,
    said`look for the other one for up to ${long(limits.connectWithin)} in each`,
    said`A failed mail is tried again within ${length(soonRetried)}, then`,
    said`at growing intervals up to ${an(limits.longestMailRetry)}. A mail`,
    said`the code has expired (${length(limits.codeLifetime)})`,
    said`is given up ${an(limits.refusedMailKept)} after its first refusal`,
    said`up to ${mailLanes.codes.hands} connections of each node`,
    said`Notices have up to ${mailLanes.notices.hands}, and at most ${mailLanes.notices.perTurn} begin`,
    said`not been renewed for ${long(limits.mailForsakenAfter)}, and`,
    said`a notice is given up after ${an(limits.refusedMailKept)}.`,
    said`tried ${word(refusedTries)} times within ten minutes`,
    said`-- mail undelivered\` for ${length(limits.undeliveredKept)}: when`,
    said`challenges (${length(limits.ceremonyLifetime)}), codes (${length(limits.codeLifetime)})`,
    said`sessions (${length(limits.idleLifetime)} idle, ${length(limits.longestLifetime)} at most)`,
    said`It is good once and for ${length(limits.activationLifetime)}. It ends earlier`,
    said`The key is best of ${limits.shortestTelephoneKey} characters or more`,
    said`published at once, sign ${long(limits.keyPublishedBefore)} later`,
    said`stay published for ${long(limits.keyPublishedAfter)} more`,
    said`may take ${length(limits.defaultLogoutWithin)} to answer`,
    said`is tried again for ${length(limits.logoutToldFor)}, and`,
    said`needed, at most ${limits.longestAnnouncement} characters each`,
    said`shows a change within ${long(limits.boardLooksEvery)}.`,
  ],
  'docs/integrate.md': [
    said`SVG of at most ${kib(limits.largestLogo)}, drawn`,
    said`the keys may be kept for ${long(limits.discoveryKept)}.`,
    said`Access tokens are opaque and live ${long(limits.tokenLifetime)}.`,
    said`are to be refused for ${length(defaultHold)}, or what`,
    said`new access tokens for up to ${length(limits.longestLifetime)}, until`,
    said`ask again after ${length(limits.idleLifetime)} without use`,
    said`The old one is taken for ${length(limits.refreshGrace)} more`,
    said`The code is older than ${limits.authorizationCodeLifetime / seconds} seconds`,
  ],
  'docs/threats.md': [
    said`Within ${length(limits.freshSignIn)}, and with one more code`,
    said`A guesser who makes ${word(passwordWaits.stopAt - 1)} tries and then rests for ${an(counted).replace('24 hours', 'a day')} never`,
    said`can use up the ${word(limits.unusedCodesPerAccount)} codes`,
    said`Rule 13, ${long(limits.codeLifetime)}:`,
    said`of a login ID | ${firstCount} in a row: ${length(firstWait)}, doubling; ${passwordWaits.stopAt}: locked`,
    said`until support; forgotten after ${length(counted)} |`,
    said`from an address | ${ofAddress.failures} in ${length(ofAddress.window)} (IPv6: /${ofAddress.bits}; `,
    said`; ${ofHousehold.failures} from a /${ofHousehold.bits}, ${ofSite.failures} from a /${ofSite.bits})`,
    said`wrong codes | ${limits.triesPerOwner} for a sign-in or session; ${firstCodeCount} for a purpose`,
    said`purpose: ${an(firstCodeWait)}, doubling to ${longestCodeWait / hours}; ${codeWaits.stopAt}: until`,
    said`| one in ${length(limits.resendWait)}; ${limits.unusedCodesPerAccount} unused ones`,
    said`ones of an account in ${length(limits.unusedCodesWindow)} |`,
    said`to be checked | ${limits.longestQueue} for each node, ${word(inHand.ofLoginId)} of a login ID`,
    said`the last ${limits.keptForKnown} places`,
    said`sign-in begun | ${length(limits.signInLifetime)} |`,
    said`challenge of a passkey | ${length(limits.ceremonyLifetime)}, once`,
    said`permission to register | ${length(limits.permissionLifetime)}, one action`,
    said`codes without password or session | ${limits.strangerCodes.failures} of each kind`,
    said`for a login ID in ${length(limits.strangerCodes.window)}; ${strangerCount} wrong ones: ${an(strangerWait)}, doubling to ${longestStrangerWait / hours}; forgotten after ${length(limits.strangerWaits.forgetAfter ?? 0)} |`,
    said`| wrong activation codes | ${activationCount} in a row for a login ID: ${length(activationWait)}, doubling to ${length(limits.activationWaits.thereafter ?? 0)}; forgotten after ${length(limits.activationWaits.forgetAfter ?? 0)} |`,
    said`| questions without password | ${limits.recoveriesPerNetwork.failures} in ${length(limits.recoveriesPerNetwork.window)} from`,
    said`| an activation code | ${length(limits.activationLifetime)}, once; an attempt with it ${length(limits.recoveryLifetime)} |`,
    said`| one for an address in ${an(limits.loginIdMails.window)} |`,
    said`new addresses of an account | ${limits.newAddressesPerAccount.failures} in ${an(limits.newAddressesPerAccount.window)}, those`,
    said`stops from unknown browsers | ${limits.stopsPerNetwork.failures} from a network in ${an(limits.stopsPerNetwork.window)}, then`,
    said`stops by telephone | ${limits.telephoneStops.failures} of a login ID and level in ${an(limits.telephoneStops.window)};`,
    said`; ${limits.telephoneKeys.failures} wrong keys from an address in ${length(limits.telephoneKeys.window)} |`,
    said`lifting a stop | ${length(limits.defaultStopWait)} after it`,
    said`accounts reopened by one request | ${limits.mostReopened} |`,
    said`requests of an operator | ${limits.defaultRequestsADay} in a day, ${limits.asksPerAccount.most} for one account |`,
    said`waits for its approval | ${length(limits.requestLifetime)} |`,
    said`| call numbers | ${length(limits.callNumberLifetime)}; ${limits.callNumbersPerNetwork.failures} in ${length(limits.callNumbersPerNetwork.window)} for a network;`,
    said`network; ${limits.wrongCallNumbers.failures} wrong ones of an operator in ${length(limits.wrongCallNumbers.window)} |`,
    said`checks through a page | ${limits.pageChecksPerAccount.failures} for an account in ${length(limits.pageChecksPerAccount.window)} |`,
    said`that the portal shows | ${limits.brokerCallsPerAccount.failures} for an account in ${length(limits.brokerCallsPerAccount.window)} |`,
    said`session of an operator | ${length(limits.operatorIdle)} idle, ${length(limits.operatorLongest)} at most |`,
    said`enrolment code | ${length(limits.enrolmentLifetime)}, once; ${limits.enrolmentTries.failures} wrong ones from an address in ${length(limits.enrolmentTries.window)} |`,
    said`| session | ${length(limits.idleLifetime)} idle, ${length(limits.longestLifetime)} at most`,
    said`the latest ${limits.mostSessionsListed} are shown`,
    said`searches of an operator | ${limits.searchesPerOperator.most} in ${an(limits.searchesPerOperator.within)}, ${limits.mostFound} lines each`,
    said`reveals of an operator | ${limits.revealsPerOperator.most} in ${an(limits.revealsPerOperator.within)} |`,
    said`passkeys of an account | ${limits.mostLivePasskeys} |`,
    said`a request | ${kib(limits.largestBody)}, ${length(limits.requestWithin)} (`,
  ],
  'docs/support.md': [
    said`The code works once, within ${length(limits.enrolmentLifetime)}. From`,
    said`After ${length(limits.operatorIdle)} without use you are signed out`,
    said`the page warns ${long(limits.warnBeforeEnd)} before. What`,
    said`After ${length(limits.operatorLongest)} you have to sign in anew`,
    said`a name is found by its first ${word(limits.shortestNamePrefix)} letters or more`,
    said`the ticket; after ${long(limits.revealShownFor)} each is masked`,
    said`for this account within ${length(limits.pairRemembered)}, so think`,
    said`A request lapses after ${length(limits.requestLifetime)}, or`,
    said`nor within ${length(limits.pairRemembered)} of it`,
    said`It is good for ${length(limits.activationLifetime)}, once; if`,
    said`stands as a banner for ${length(limits.commandShownFor)}.`,
  ],
  'docs/support.ja.md': [
    said`入力し、「登録する」を押します。${inWords(limits.enrolmentLifetime, 'ja')}以内に一度だけ`,
    said`${inWords(limits.operatorIdle, 'ja')}間操作がないと`,
    said`ログアウトします。${inWords(limits.warnBeforeEnd, 'ja')}前に知らせます`,
    said`ログインし直すと戻ります。${inWords(limits.operatorLongest, 'ja')}たつと`,
    said`氏名の先頭${limits.shortestNamePrefix}文字以上で`,
    said`問い合わせ番号を入れます。${inWords(limits.revealShownFor, 'ja')}で再び隠れます`,
    said`再開する手続きを、${inWords(limits.pairRemembered, 'ja')}以内に繰り返せません`,
    said`申請は${inWords(limits.requestLifetime, 'ja')}か、文面に`,
    said`同じ申請にも、その後${inWords(limits.pairRemembered, 'ja')}以内にも`,
    said`手紙に載ります。${inWords(limits.activationLifetime, 'ja')}以内に1回使えます`,
    said`コマンドで作り、${inWords(limits.commandShownFor, 'ja')}は画面に`,
  ],
  'docs/decisions/0018-one-cookie-with-a-token-for-each-account.md': [
    said`There are at most ${word(limits.mostTokensInCookie)}, about`,
    said`An account knows at most ${word(limits.mostKnownBrowsers)} browsers`,
    said`A browser with more than ${word(limits.mostTokensInCookie)} customers`,
  ],
  'docs/decisions/0031-search-and-suspicion.md': [
    said`own** (${limits.searchesPerOperator.most} searches and ${limits.revealsPerOperator.most} reveals in ${an(limits.searchesPerOperator.within)})`,
    said`names gets ${limits.mostFound} lines at a time, masked`,
  ],
  'docs/screens.md': [
    said`that it is valid for ${length(limits.codeLifetime)} and`,
    said`with the purpose, for ${length(limits.brokerCallLifetime)} at most`,
  ],
  'README.md': [
    said`(${length(defaultHold)} outside of the demo)`,
    said`any text of ${limits.shortestSecret} characters or more`,
  ],
  'README.ja.md': [
    said`デモ以外では${inWords(defaultHold, 'ja')}です`,
    said`# ${limits.shortestSecret}文字以上の任意の文字列`,
  ],
}
