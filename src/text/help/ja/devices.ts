import { facts } from '../../environments.ts'
import { phoneOnline } from '../../phone-online.ts'
import type { HelpTexts } from '../help-texts.ts'

export const devices: HelpTexts['devices'] = {
  title: '端末の準備',
  lead: 'パスキーは、端末の画面ロック（顔、指紋、PINなど）で本人確認をします。登録の前に、お使いの端末で画面ロックを設定してください。',
  browsers: {
    title: 'ブラウザとアプリ',
    lead: '次のブラウザやアプリでは、パスキーを使えないことがあります。',
    looked: '確認した日',
  },
  linksTitle: 'メーカーの公式の案内（外部サイト）',
  windows: {
    title: 'Windows 10、11のパソコン',
    needs: `${facts.system.windows.says.ja}Windows Helloを使います。顔、指紋、PINのどれか1つで足ります。顔での認証には赤外線カメラ、指紋での認証には指紋センサーが必要です。どちらもないパソコンでは、PINを設定してください。`,
    parts: {
      windows11: {
        title: 'Windows 11で設定する',
        steps: [
          '「スタート」から「設定」を開き、「アカウント」を選びます。',
          '「サインイン オプション」を選びます。',
          '「PIN (Windows Hello)」を開いて「セットアップ」を押し、画面の案内に沿って決めます。',
          '顔や指紋も使うときは、続けて「顔認識 (Windows Hello)」または「指紋認識 (Windows Hello)」で「セットアップ」を押します。',
        ],
      },
      windows10: {
        title: 'Windows 10で設定する',
        steps: [
          '「スタート」から「設定」を開き、「アカウント」を選びます。',
          '左の一覧で「サインイン オプション」を選びます。',
          '「Windows Hello 暗証番号 (PIN)」を選んで「追加」を押し、画面の案内に沿って決めます。',
          '顔や指紋も使うときは、続けて「Windows Hello 顔認証」または「Windows Hello 指紋認証」で「セットアップ」を押します。',
        ],
      },
      trouble: {
        title: '設定できないとき',
        points: [
          'PINの「セットアップ」や「追加」を押せないときは、先にWindowsのパスワードを設定してください。',
          '「組織によって管理されています」などと表示されるパソコンでは、会社の管理者へご確認ください。',
          'ブラウザは、ChromeまたはEdgeの最新の版をおすすめします。',
        ],
      },
    },
    links: [
      {
        name: 'Microsoft：Windows Helloの概要とセットアップ',
        address:
          'https://support.microsoft.com/ja-jp/windows/windows-hello-%E3%81%AE%E6%A6%82%E8%A6%81%E3%81%A8%E3%82%BB%E3%83%83%E3%83%88%E3%82%A2%E3%83%83%E3%83%97-dae28983-8242-bb2a-d3d1-87c9d265a5f0',
      },
      {
        name: 'Microsoft：Windowsのサインイン オプション',
        address: 'https://support.microsoft.com/ja-jp/help/4468253',
      },
    ],
  },
  android: {
    title: 'Androidのスマートフォン',
    needs: `${facts.system.android.says.ja}画面ロック（生体認証、PIN、パターンなど）も設定してください。項目の名前は、機種によって少し違います。`,
    parts: {
      lock: {
        title: '画面ロックを設定する',
        steps: [
          '「設定」を開き、「セキュリティとプライバシー」（機種により「セキュリティ」）を選びます。',
          '「デバイスのロック解除」または「画面ロック」を選びます。',
          'PIN、パターン、パスワードのどれかを決めます。続けて、指紋や顔も登録できます。',
        ],
      },
      phone: {
        title: 'パソコンのログインに使うとき',
        points: [
          '「設定」の「接続設定」などで、Bluetoothをオンにします。パソコンでもオンにします。ペアリングは要りません。',
          'QRコードは、スマートフォンに付属のカメラのアプリで読み取ります。読み取れないときは、Googleレンズをお試しください。',
          phoneOnline.ja,
        ],
      },
    },
    links: [
      {
        name: 'Google：Androidの画面ロックを設定する',
        address: 'https://support.google.com/android/answer/9079129?hl=ja',
      },
      {
        name: 'Google：パスキーでアプリやウェブサイトにログインする',
        address: 'https://support.google.com/android/answer/14124480?hl=ja',
      },
      {
        name: 'Google：Googleレンズを使う',
        address:
          'https://support.google.com/websearch/answer/1325808?hl=ja&co=GENIE.Platform%3DAndroid',
      },
    ],
  },
  iphone: {
    title: 'iPhone、iPad',
    needs: `${facts.system.iphone.says.ja}Face ID、Touch IDまたはパスコードも設定してください。パスキーは、iCloudキーチェーンに保存されます。`,
    parts: {
      lock: {
        title: 'Face ID、Touch ID、パスコードを設定する',
        steps: [
          '「設定」を開き、「Face IDとパスコード」（機種により「Touch IDとパスコード」）を選びます。',
          'パスコードをまだ設定していないときは、「パスコードをオンにする」を選んで決めます。',
          '「Face IDをセットアップ」または「指紋を追加」を選び、画面の案内に沿って登録します。',
        ],
      },
      keychain: {
        title: 'iCloudキーチェーンをオンにする',
        steps: [
          '「設定」の一番上の、ご自分の名前を選びます。',
          '「iCloud」から「パスワード」（または「パスワードとキーチェーン」）を選びます。',
          '「このiPhoneを同期」をオンにします。Apple Accountの2ファクタ認証も必要です。',
        ],
      },
      phone: {
        title: 'パソコンのログインに使うとき',
        points: [
          '「設定」の「Bluetooth」をオンにします。パソコンでもオンにします。ペアリングは要りません。',
          'QRコードは、付属の「カメラ」で読み取り、表示された「パスキーでサインイン」などを押します。',
          phoneOnline.ja,
        ],
      },
    },
    links: [
      {
        name: 'Apple：iPhoneでFace IDを設定する',
        address: 'https://support.apple.com/ja-jp/guide/iphone/iph6d162927a/ios',
      },
      {
        name: 'Apple：iPhoneでパスコードを設定する',
        address: 'https://support.apple.com/ja-jp/guide/iphone/iph14a867ae/ios',
      },
      {
        name: 'Apple：iPhoneでパスキーを使ってサインインする',
        address: 'https://support.apple.com/ja-jp/guide/iphone/iphf538ea8d0/ios',
      },
    ],
  },
  mac: {
    title: 'Mac',
    needs: `${facts.system.mac.says.ja}Touch IDのないMacでは、Macのログインパスワードで本人確認をします。`,
    parts: {
      lock: {
        title: 'Touch IDを設定する',
        steps: [
          'アップルメニューから「システム設定」を開きます。',
          '「Touch IDとパスワード」を選びます。',
          '「指紋を追加」を押し、画面の案内に沿って登録します。',
        ],
      },
      keychain: {
        title: 'iCloudキーチェーンをオンにする（Safariのとき）',
        steps: [
          '「システム設定」の一番上の、ご自分の名前を選びます。',
          '「iCloud」から「パスワード」（または「パスワードとキーチェーン」）を選びます。',
          '「このMacを同期」をオンにします。Apple Accountの2ファクタ認証も必要です。',
        ],
      },
    },
    links: [
      {
        name: 'Apple：MacでTouch IDを使用する',
        address: 'https://support.apple.com/ja-jp/guide/mac-help/mchl16fbf90a/mac',
      },
      {
        name: 'Apple：Macでパスキーを作成する',
        address: 'https://support.apple.com/ja-jp/guide/mac-help/mchl4af65d1a/mac',
      },
    ],
  },
}
