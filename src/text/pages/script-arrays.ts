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

/** The parts of a record by the names of their elements, as content systems call them. */
const partNames: Record<keyof ScriptEntry, RegExp> = {
  title: /^(?:title|bt|name|subject|infotitle)$/iu,
  link: /^(?:url|link|href|linkurl|infourl|address)$/iu,
  date: /^(?:date|pubdate|time|fbsj|publishtime|infodate)$/iu,
}
const parts = Object.entries(partNames) as [keyof ScriptEntry, RegExp][]
const leaf =
  /<(?<tag>[a-z_]{2,20})\b[^<>]{0,200}(?:\/>|>\s{0,50}(?:<!\[CDATA\[(?<held>[\s\S]{0,2000}?)\]\]>|(?<plain>[^<]{0,2000}))\s{0,50}<\/\k<tag>\s*>)/giu

/**
 * Reads records such as `<rec><title>关于甲的通知</title><url>/a/1.html</url></rec>`. An element that comes again, also an
 * empty one, begins another record.
 */
export function entriesInElements(island: string): ScriptEntry[] {
  const entries: ScriptEntry[] = []
  const none = { title: '', link: '', date: '' }
  let entry: ScriptEntry = none
  const tags = new Set<string>()
  for (const { groups } of island.matchAll(leaf)) {
    const tag = (groups?.tag ?? '').toLowerCase()
    const part = parts.find(([, names]) => names.test(tag))?.[0]
    if (!part) continue
    if (tags.has(tag)) {
      entries.push(entry)
      entry = none
      tags.clear()
    }
    tags.add(tag)
    const value = (groups?.held ?? groups?.plain ?? '').trim()
    if (entry[part] === '') entry = { ...entry, [part]: value }
  }
  entries.push(entry)
  return entries.filter(({ title, link }) => /\p{Script=Han}{2}/u.test(title) && link !== '')
}
