/** The texts' language, chosen once for each process or webview; without a choice they are English. */

import * as l10n from '@vscode/l10n';
import chinese from './bundle.l10n.zh-cn.json' with { type: 'json' };

/**
 * Chooses the language of every text that `l10n.t` makes from now on.
 *
 * @param locale as in `vscode.env.language` or DAP's `initialize`: `zh-cn`, `zh_CN.UTF-8`, `en-US`. Languages that there are no
 *   texts in, traditional Chinese among them, are English.
 */
export function useLanguage(locale: string | undefined): void {
  const isChinese = /^zh(?:[-_](?:cn|sg|hans)\b.*)?$/i.test((locale ?? '').replace(/\..*$/, ''));
  l10n.config({ contents: isChinese ? chinese : {} });
}
