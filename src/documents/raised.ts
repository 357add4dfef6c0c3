/** 「10」 to the power of 「5」 is no 105: raised digits stay raised in plain text. */
export const raised = (digits: string): string =>
  [...digits].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit).join('')
