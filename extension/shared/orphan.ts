// Words for a content script whose extension was updated under it. Chromium then refuses it everything, `i18n.getMessage` too
// (measured: "Extension context invalidated"), and just then it has to tell the person to reload the page. In English, whatever
// the browser's language: only the default locale is bundled, and only these words of it.

import {
  chooseAgain,
  destination,
  destinationUnknown,
  direction,
  doNotSend,
  dontUpload,
  dropAgain,
  dropAnyway,
  dropDestination,
  embedded,
  extName,
  hidden,
  keepOut,
  language,
  pasteAgain,
  pasteAnyway,
  sendAgain,
  sendAnyway,
  sendDestination,
  unchecked,
  uncheckedFiles,
  updated,
  uploadAnyway,
  uploadDestination,
} from '../_locales/en/messages.json';

const WORDS: Record<string, { message: string }> = {
  destination,
  destinationUnknown,
  direction,
  doNotSend,
  dontUpload,
  chooseAgain,
  dropAgain,
  dropAnyway,
  dropDestination,
  embedded,
  extName,
  hidden,
  keepOut,
  language,
  pasteAgain,
  pasteAnyway,
  sendAgain,
  sendAnyway,
  sendDestination,
  unchecked,
  uncheckedFiles,
  updated,
  uploadAnyway,
  uploadDestination,
};

/** As `i18n.getMessage`, for messages with at most one placeholder. */
export function wordsOfAnOrphan(name: string, substitutions: readonly string[]): string {
  const words = Object.hasOwn(WORDS, name) ? WORDS[name]?.message : undefined;
  return words?.replace(/\$\w+\$/, () => substitutions[0] ?? '') ?? '';
}
