/** 「tags: [通知]」 between two rules above the text. */
const properties =
  /^\uFEFF?(?:---\r?\n(?:(?:[\w-]+:.*|[^\S\n]*-[^\S\n].*|[^\S\n]*)\r?\n)*?---|\+\+\+\r?\n(?:(?:[\w.-]+\s*=.*|\[.*\]|[^\S\n]*)\r?\n)*?\+\+\+)\r?\n/u
/** Names of what a text says of itself above its first line, as the fields that a page of the web has. */
const fieldNames: Readonly<Record<string, string>> = {
  title: '标题',
  date: '发布日期',
  published: '发布日期',
  author: '来源',
  source: '来源',
  publisher: '发布机构',
  issuer: '发布机构',
  number: '文号',
}
const property = /^([\p{L}_-]{2,20})\s*[:=]\s*["']?([^"'[\]{}]{2,120}?)["']?\s*$/u

/** Writes what a text says of itself above its first line as fields, one a line; other properties are left out. */
export const withFields = (text: string): string =>
  text.replace(properties, found => fieldsIn(found, /^#\s/mu.test(text)))

function fieldsIn(found: string, isTitled: boolean): string {
  const fields = found.split(/\r?\n/u).flatMap(line => {
    const [, name = '', value = ''] = property.exec(line) ?? []
    const known = fieldNames[name.toLowerCase()] ?? (/^\p{Script=Han}+$/u.test(name) ? name : undefined)
    return known === undefined || (known === '标题' && isTitled) ? [] : [`${known}：${value}\n`]
  })
  return fields.join('')
}
