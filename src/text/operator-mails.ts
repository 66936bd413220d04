// The notices to the console's operators, in the form of the other mails: no link, and no text chosen by others.
import { formatTime, zoneIn } from '../kernel/time.ts'
import { heading, lines, paragraphs, type MailSettings, type MailText } from './mails.ts'
import { inBoth, type Both } from './texts.ts'

export type OperatorNotice =
  | 'operator_enrolled'
  | 'operator_enrolled_anew'
  | 'operator_passkey_added'
  | 'operator_roles_changed'
  | 'operator_code_issued'
  | 'operator_closed'

const notices: Readonly<Record<OperatorNotice, { subject: Both; says: Both }>> = {
  operator_enrolled: {
    subject: {
      ja: '管理画面にパスキーが登録されました',
      en: 'A passkey was registered for the console',
    },
    says: {
      ja: '登録コードが使われ、サポート用管理画面の担当者にパスキーが登録されました。',
      en: 'An enrolment code was used, and a passkey was registered for an operator of the support console.',
    },
  },
  operator_enrolled_anew: {
    subject: { ja: '管理画面のパスキーが登録し直されました', en: 'A console passkey was replaced' },
    says: {
      ja: '登録コードが使われ、サポート用管理画面の担当者のパスキーが登録し直されました。以前のパスキーはすべて無効になり、ログイン中の画面はログアウトしました。',
      en: 'An enrolment code was used, and the passkey of an operator of the support console was replaced. The earlier ones are void, and every session was ended.',
    },
  },
  operator_passkey_added: {
    subject: { ja: '管理画面にパスキーが追加されました', en: 'A further passkey for the console' },
    says: {
      ja: 'サポート用管理画面の担当者に、2つ目以降のパスキーが追加されました。',
      en: 'A further passkey was registered for an operator of the support console.',
    },
  },
  operator_roles_changed: {
    subject: { ja: '管理画面での役割が変更されました', en: 'Roles at the console changed' },
    says: {
      ja: '管理者2名の操作により、サポート用管理画面の担当者の役割が変更されました。',
      en: 'Two admins changed the roles of an operator of the support console.',
    },
  },
  operator_code_issued: {
    subject: { ja: '管理画面の登録コードが発行されました', en: 'An enrolment code was issued' },
    says: {
      ja: 'サポート用管理画面の担当者に、新しいパスキーを登録するための登録コードが発行されました。使われるまで、今のパスキーはそのまま使えます。',
      en: 'An enrolment code, which registers a new passkey, was issued for an operator of the support console. Until it is used, the present passkeys go on working.',
    },
  },
  operator_closed: {
    subject: { ja: '管理画面の担当者が削除されました', en: 'Access to the console was ended' },
    says: {
      ja: 'サポート用管理画面の担当者が削除されました。パスキーはすべて無効になり、ログイン中の画面はログアウトしました。',
      en: 'The access of an operator to the support console was ended. The passkeys are void, and every session was ended.',
    },
  },
}

/** Whose it is: the operator's own address is told of them, or the admins of one who has none. */
export type Concerned = 'yourself' | 'another'

const whose: Readonly<Record<Concerned, Both>> = {
  yourself: {
    ja: '対象：このメールを受け取られたご本人',
    en: 'It concerns you.',
  },
  another: {
    ja: '対象：連絡先アドレスの登録がない、ほかの担当者（管理者の皆さまにお送りしています）',
    en: 'It concerns another operator, who has no contact address: this goes to the admins.',
  },
}

/** A mail that tells an operator, or the admins, what happened to an operator of the console. */
export function operatorMail(
  notice: OperatorNotice,
  { at, config, concerned }: { at: number; config: MailSettings; concerned: Concerned },
): MailText {
  const { subject, says } = notices[notice]
  const text = paragraphs(
    heading(config),
    lines(
      says.ja,
      whose[concerned].ja,
      `日時：${formatTime(at, zoneIn('ja', config.timeZone))}`,
      'お心当たりがないときは、すぐにほかの管理者へ連絡してください。管理者1名で、この担当者を削除できます。',
    ),
    lines(
      says.en,
      whose[concerned].en,
      `Time: ${formatTime(at, zoneIn('en', config.timeZone))}`,
      'If you did not expect this, tell another admin at once: one admin alone can end the access of this operator.',
    ),
  )
  return { subject: inBoth(subject), text }
}
