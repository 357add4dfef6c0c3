const number = '(?:\\d[\\d,.]*|[零〇一二三四五六七八九十百千两半]+)'
const unit =
  '(?:元|块|万|亿|%|％|‰|折|倍|成|分|人|名|户|家|项|件|个|笔|平方米|平米|㎡|场|届|月|周|天|日|年|岁|小时)'
const calendar = /\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|\d{4}-\d\d(?:-\d\d)?/g
const figure = new RegExp(`${number}\\s*(?:多|余|来)?\\s*${unit}`)
/** Public hotlines; they stand in the sources, so they are no invented figures. */
const hotlines = /12366|12333|12315/g

/** True where a text states an amount, share, count or period. Calendar dates do not count. */
export function statesFigure(text: string): boolean {
  return figure.test(text.replaceAll(calendar, ''))
}

/** True where a text has any number in it but a public hotline: for texts that must have none. */
export function statesNumber(text: string): boolean {
  const rest = text.replaceAll(hotlines, '')
  return /\d/.test(rest) || figure.test(rest)
}
