/**
 * 「2016年1月29日」「2018年11月」「2025年」「2019年前」.
 * @param day as records keep it, `2016-01-29`; its end may be missing. Anything else is returned as it is.
 */
export function sayKeptDay(day: string): string {
  const [, year, month, date, before = ''] = /^(\d{4})(?:-0?(\d+))?(?:-0?(\d+))?(前?)$/u.exec(day) ?? []
  if (!year) return day
  return `${year}年${month ? `${month}月` : ''}${date ? `${date}日` : ''}${before}`
}

/**
 * A text with its days said like that: 「2023-01-01至2027-12-31」 is
 * 「2023年1月1日至2027年12月31日」. Addresses stay as they are.
 */
export const sayKeptDays = (text: string): string =>
  text.replace(/(?<![\w/.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\w/-])/gu, sayKeptDay)

/** Whether the text writes this kept day: 「2026-12-01」, 「2026年12月1日」 or 「12月1日」. */
export function isWrittenAs(day: string, text: string): boolean {
  const said = sayKeptDay(day)
  return [day, said, said.slice(said.indexOf('年') + 1)].includes(text)
}
