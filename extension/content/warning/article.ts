// English "a" or "an" before a rule's name. Other languages word both messages alike, or by their own need.

/** Letters whose own names begin with a vowel sound: an "RSA" key, an "SSH" key. */
const VOWEL_NAMES = 'AEFHILMNORSX';

/** Abbreviations that are spoken as words. */
const SPOKEN = ['SAS', 'LINE'];

/** Whether the name is spoken with a vowel first: by its letters if its first word is an abbreviation, otherwise by its spelling. */
export function takesAn(name: string): boolean {
  const word = /^[A-Za-z]+/.exec(name)?.[0] ?? '';
  const letters = /^(?:[A-Z]{2,}|npm|xAI)$/.test(word) && !SPOKEN.includes(word);
  if (letters) return VOWEL_NAMES.includes(word.charAt(0).toUpperCase());
  return /^(?:[aei]|o(?!ne)|u(?!ni|se|ti))/i.test(word);
}
