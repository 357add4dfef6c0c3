/**
 * Digits as Unicode superscripts, 「5」 as 「⁵」, so that a power such as 10⁵ does not read as 105 in plain text.
 * @param digits other characters stay as they are
 */
export const superscript = (digits: string): string =>
  [...digits].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit).join('')
