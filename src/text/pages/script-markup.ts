import { entriesInArrays, entriesInElements, type ScriptEntry } from './script-arrays.ts'

/**
 * Replaces scripts by the markup that they hold: records in CDATA, strings that are written out, objects with title and
 * address.
 */
export function markupInScripts(markup: string): string {
  const opened = markup.replaceAll(
    /<(script|textarea|xml|noscript|template)\b[^>]*>([\s\S]*?)<\/\1\s*>/giu,
    (_, _tag: string, body: string) => heldIn(body),
  )
  return opened.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/gu, '$1')
}

function heldIn(given: string): string {
  // Programs write markup into a script with its brackets escaped.
  const body = given.replaceAll(/\\u003c/giu, '<').replaceAll(/\\u003e/giu, '>')
  const records = /<(?:script|a|li)\b/iu.test(body) ? [] : entriesInElements(body)
  if (records.length > 0) return records.map(entryMarkup).join('')
  if (body.includes('<![CDATA[')) return body.replaceAll(record, (_, held: string) => entryOfRecord(held))
  const written = [
    ...body.matchAll(
      /(["'`])((?:\\[\s\S]|(?!\1)[^\\])*?<(?:li|a|tr|ul|div|span)\b(?:\\[\s\S]|(?!\1)[^\\])*)\1/giu,
    ),
  ]
    .map(([, , text = '']) => unescaped(text))
    .join('')
  if (written !== '') return written
  const objects = recordsIn(body) || entriesInArrays(body).map(entryMarkup).join('')
  return objects === '' && /^\s*</u.test(body) ? body : objects
}

const record = /<record>\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*<\/record>/giu

/** A record as an entry of a list: a row of a table is none outside of one, and a link may stand alone. */
function entryOfRecord(held: string): string {
  if (/<li\b/iu.test(held)) return held
  return `<li>${held.replaceAll(/<(\/?)(?:tr|td|th|table|tbody)\b[^>]*>/giu, '<$1span>')}</li>`
}

/** Objects inside others, at most this deep. */
const deepestRecord = 4

/** The records of a script as entries; an object inside one that is no record itself is passed over. */
function recordsIn(body: string): string {
  const records: string[] = []
  let left = body
  for (let depth = 0; depth < deepestRecord && left.includes('{'); depth++) {
    left = left.replaceAll(/\{[^{}]{0,4000}\}/gu, text => {
      records.push(recordMarkup(text))
      return '""'
    })
  }
  return records.join('')
}

const unescaped = (text: string) =>
  text
    .replaceAll(/\\u([0-9a-f]{4})/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\[nrt]/gu, ' ')
    .replaceAll(/\\([\s\S])/gu, '$1')

/** One object of a script as an entry; empty where it names no title or no address. */
function recordMarkup(text: string): string {
  const field = (names: string) =>
    unescaped(
      new RegExp(
        `["']?\\b(?:${names})["']?\\s*:\\s*(?:"((?:\\\\.|[^"\\\\])*)"|'((?:\\\\.|[^'\\\\])*)'|(\\d{10,13})\\b)`,
        'iu',
      )
        .exec(text)
        ?.slice(1)
        .find(found => found !== undefined) ?? '',
    )
  const title = field('title|name|bt|subject|(?:doc|article|news|info|notice)Title')
  const link = field('url|link|href|docPubUrl|address|(?:doc|link|article|page|detail|content|jump|visit)Url')
  const date = field(
    'date|time|(?:pub|publish|release|display|show|issue|add|create|input)_?(?:Date|Time)|docRelTime|fbsj|publishedAt',
  )
  return title && link ? entryMarkup({ title, link, date }) : ''
}

function entryMarkup({ title, link, date }: ScriptEntry): string {
  const safe = (of: string) => of.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<li><a href="${safe(link)}">${safe(title)}</a><span>${safe(date)}</span></li>`
}
