/** A text of Chinese offices: ideographs, Latin, digits and the marks of both. */
const usual =
  /[\p{Script=Han}\u0020-\u007e\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2460-\u24ff\u2e80-\u2fdf\p{Sc}\p{Sm}·×％§°]/gu
const leastUsual = 0.7

/** Whether most of a text is in characters of Chinese documents; codes of a font read as characters are not. */
export function isReadable(text: string): boolean {
  const plain = text.replaceAll(/\s/gu, '')
  return plain.length < 8 || (plain.match(usual)?.length ?? 0) >= plain.length * leastUsual
}
