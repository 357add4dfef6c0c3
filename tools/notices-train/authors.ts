/** Those whose labelled notices, `data/notices/NAME.txt`, are learnt from. */
export const learntAuthors = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
  'h',
  'i',
  'j',
  'k',
  'n',
  'p',
  'r',
  't',
  'v',
  'w',
  'x',
  'z',
] as const
/** Those who are never learnt from: they only tell how well a new hand is read. At least a fifth of all notices. */
export const heldOutAuthors = ['held-out', 'l', 'm', 'o', 'q', 's', 'u', 'y', 'aa'] as const
/** Short sentences, as messages and forwarded lines have them; always learnt from. */
export const shortAuthor = 'short'
