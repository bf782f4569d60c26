import { localized } from './browser';

/** `chrome.i18n` knows no plurals: the category of the number is part of the message's key, "other" where a language has no special form. */
export function counted(key: string, count: number, ...more: string[]): string {
  const language = localized('language');
  const category = new Intl.PluralRules(language).select(count);
  const number = new Intl.NumberFormat(language).format(count);
  return localized(`${key}_${category}`, [number, ...more]) || localized(`${key}_other`, [number, ...more]);
}
