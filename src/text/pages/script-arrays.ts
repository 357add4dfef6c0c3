const item = String.raw`(?:"(?:\\.|[^"\\]){0,400}"|'(?:\\.|[^'\\]){0,400}'|-?\d{1,13})`
/** A row of a script's table: strings and numbers in brackets. */
const row = new RegExp(`\\[\\s*${item}(?:\\s*,\\s*${item}){1,11}\\s*,?\\s*\\]`, 'gu')
const text = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'/gu
const address = /^(?:https?:\/)?\/[^\s<>]*$|^[^\s<>]+\.(?:s?html?|jspx?|aspx?|php|do)(?:[?#]\S*)?$/iu
const day = /^\D{0,2}20\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}/u

/** One entry of a list that stands in a script. */
export type ScriptEntry = { title: string; link: string; date: string }

/** Rows such as `["关于甲的通知", "/a/1.html", "2026-11-20"]`: one address, a title in Chinese, perhaps a day. */
export function entriesInArrays(script: string): ScriptEntry[] {
  return [...script.matchAll(row)].flatMap(([found]) => {
    const texts = [...found.matchAll(text)].map(([, double, single]) => double ?? single ?? '')
    const link = texts.find(one => address.test(one))
    const date = texts.find(one => day.test(one)) ?? ''
    const titles = texts.filter(one => one !== link && one !== date && /\p{Script=Han}{4}/u.test(one))
    const title = titles.sort((a, b) => b.length - a.length)[0]
    return link !== undefined && title !== undefined ? [{ title, link, date }] : []
  })
}
