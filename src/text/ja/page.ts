export const page = {
  title: (page: string, brand: string) => `${page} | ${brand}`,
  otherLanguage: 'English',
  support: 'カスタマーサポート',
  fromAbroad: '海外から',
  noScript:
    'この画面のご利用には JavaScript が必要です。ブラウザの設定で有効にしてから、画面を読み込み直してください。',
  errorCode: (code: string) => `エラーコード：${code}`,
  requestId: (id: string) => `エラー番号：${id}`,
  rightAddress: '正しいアドレス：',
  toStart: '最初の画面へ',
  toPortal: 'セキュリティ設定へ戻る',
  backTo: (application: string) => `${application}へ戻る`,
  help: 'ヘルプ',
  inApp: {
    label: 'ブラウザで開く',
    open: 'ブラウザで開く',
    copyHint: '開けないときは、次のアドレスをコピーして、ブラウザに貼り付けてください。',
    copyOnly: '次のアドレスをコピーして、ブラウザに貼り付けてください。',
    copy: 'アドレスをコピーする',
    copied: 'コピーしました',
  },
  partOf: (page: string, part: string) => `${page}：${part}`,
} as const

export const places = {
  thisDevice: '登録した端末の本体',
  syncedManager: 'パスワードマネージャー',
  phone: 'スマートフォン',
  securityKey: 'セキュリティキー',
  unknown: '保存先を確認できません',
  /** As their makers write them on Japanese screens. */
  providers: {
    applePasswords: 'iCloudキーチェーン',
    icloudKeychain: 'iCloudキーチェーン',
    google: 'Google パスワード マネージャー',
    microsoft: 'Microsoft パスワード マネージャー',
    windowsHello: 'Windows Hello',
  },
} as const

export const devices = {
  windows: 'Windows',
  mac: 'Mac',
  iphone: 'iPhone',
  ipad: 'iPad',
  android: 'Android',
  chromebook: 'Chromebook',
  linux: 'Linux',
  phone: 'スマートフォン',
  computer: 'パソコン',
  securityKey: 'セキュリティキー',
} as const

export const activity = {
  authn_login_success: 'ログインしました',
  authn_login_fail: 'ログインに失敗しました',
  authn_login_fail_max: '誤った入力が上限に達しました',
  authn_login_unfinished: 'パスワードの入力後、多要素認証が完了しませんでした',
  authn_login_lock: 'ログインの受け付けを止めました',
  authn_login_unlock: 'ログインの受け付けを再開しました',
  authn_password_change: 'パスワードが変更されました',
  authn_activation_issued: '開始コードが発行されました',
  authn_recovery_fail: 'パスワードの設定のための確認ができませんでした',
  authn_code_fail: '認証コードが一致しませんでした',
  authn_passkey_registered: 'パスキーを登録しました',
  authn_passkey_fail: 'パスキーを確認できませんでした',
  authn_passkey_removed: 'パスキーを削除しました',
  authn_passkey_suspended: 'パスキーの使用を止めました',
  authn_passkey_resumed: 'パスキーの使用を再開しました',
  authn_passkey_counter: 'パスキーの使用に、通常と異なる点がありました',
  authn_proof_success: 'ログイン中に、もう一度本人確認をしました',
  authn_rehearsal_success: 'パスキーを試しました（ログインではありません）',
  authn_factor_switched: '多要素認証の方法を変更しました',
  authz_hold_ended: 'お取引の制限を解除しました',
  authz_stopped: '緊急停止の操作がありました',
  authz_stop_lifted: '停止を解除しました',
  authz_consent_given: 'アプリケーションとの連携を許可しました',
  authz_consent_ended: 'アプリケーションとの連携を解除しました',
  authz_application_ended: 'アプリケーションの接続を終了しました',
  authn_browser_forgotten: 'ブラウザの記録を消しました',
  authn_identity_check_success: 'お電話での本人確認に、パスキーで応じました',
  authn_identity_check_fail: 'お電話での本人確認が成立しませんでした',
  session_logout: 'ログアウトしました',
  session_ended: 'ログイン中の端末をログアウトしました',
  user_updated: '登録内容が変更されました',
  user_archived: '口座の解約により、ログインの受け付けを終えました',
} as const

export const announcements = {
  label: 'お知らせ',
  kinds: { maintenance: 'メンテナンスのお知らせ', warning: '重要なご注意' },
} as const
