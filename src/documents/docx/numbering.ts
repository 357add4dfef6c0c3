import type { CheerioAPI } from 'cheerio'
import { loadXml } from '../markup.ts'
import { countFormats } from '../numerals.ts'

type Level = { format: string; text: string; start: number; isLegal: boolean }
/** Says the number that Word shows before a paragraph. */
export type Numbering = { labelFor(numId: string, level: number): string }

/** Counts the automatic numbers of a DOCX; each call counts on, so paragraphs are asked for in their order. */
export function readNumbering(xml: Uint8Array | undefined): Numbering {
  const page = loadXml(xml)
  const counts = new Map<string, number[]>()
  const started = new Set<string>()
  return {
    labelFor(numId, level) {
      const number = page('w\\:num').filter((_, each) => page(each).attr('w:numId') === numId)
      const abstractId = number.find('w\\:abstractNumId').attr('w:val') ?? ''
      const levelOf = (at: number) => readLevel(page, { numId, abstractId, at })
      const own = levelOf(level)
      if (!own) return ''
      const values = counts.get(abstractId) ?? []
      counts.set(abstractId, values)
      const override = number.find(`w\\:lvlOverride[w\\:ilvl="${level}"] > w\\:startOverride`).attr('w:val')
      const isRestart = override !== undefined && !started.has(`${numId}/${level}`)
      started.add(`${numId}/${level}`)
      values[level] = isRestart ? Number(override) : (values[level] ?? own.start - 1) + 1
      values.length = level + 1
      return own.text.replaceAll(/%(\d)/gu, (_, said: string) => {
        const at = Number(said) - 1
        const shown = levelOf(at)
        const value = values[at] ?? shown?.start ?? 1
        const format = own.isLegal ? 'decimal' : (shown?.format ?? 'decimal')
        return (countFormats[format] ?? String)(value)
      })
    },
  }
}

function readLevel(
  page: CheerioAPI,
  { numId, abstractId, at }: { numId: string; abstractId: string; at: number },
): Level | undefined {
  const overridden = page(`w\\:num[w\\:numId="${numId}"] > w\\:lvlOverride[w\\:ilvl="${at}"] > w\\:lvl`)
  const abstract = page(`w\\:abstractNum[w\\:abstractNumId="${abstractId}"] > w\\:lvl[w\\:ilvl="${at}"]`)
  const level = overridden.length > 0 ? overridden.first() : abstract.first()
  if (level.length === 0) return undefined
  const valueIn = (name: string) => level.find(`w\\:${name}`).first().attr('w:val')
  const format = valueIn('numFmt') ?? 'decimal'
  return {
    format,
    text: format === 'bullet' ? '' : (valueIn('lvlText') ?? ''),
    start: Number(valueIn('start') ?? 1),
    isLegal: level.find('w\\:isLgl').length > 0,
  }
}
