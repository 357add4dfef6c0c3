import { foldCharacters } from '../../characters.ts'
import { numberOf } from '../../figures/numerals.ts'

const units: Record<string, number> = {
  百: 100,
  千: 1000,
  万: 1e4,
  十万: 1e5,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  十亿: 1e9,
  百亿: 1e10,
  千亿: 1e11,
}
const currencies: Record<string, string> = {
  美元: 'USD',
  美金: 'USD',
  港元: 'HKD',
  港币: 'HKD',
  欧元: 'EUR',
  日元: 'JPY',
  英镑: 'GBP',
}

const simplified: Record<string, string> = { 萬: '万', 億: '亿', 圓: '圆', 幣: '币' }

/**
 * Normalizes an amount, so that 「50万元」「５０ 万元」「500,000元」 and 「人民币伍拾万元整」 are one: in yuan, or in the
 * currency named. A range is its two ends; what an amount is paid for, 「/件」, does not count.
 * @returns e.g. `['500000']`, `['30000', '50000']`, `['3000000 USD']`; the text itself where it is no amount
 */
export function amountValues(written: string): string[] {
  const text = foldCharacters(written)
    .replaceAll(/\s/gu, '')
    .replaceAll(/[萬億圓幣]/gu, char => simplified[char] ?? char)
    .replace(/\/.*$|每.{1,4}$/u, '')
  const currency = Object.entries(currencies).find(([word]) => text.includes(word))?.[1]
  const parts = text
    .replaceAll(/人民币|RMB|[¥￥]|最高|不超过|约/gu, '')
    .split(/-+|至|到/u)
    .filter(part => part !== '')
  const lastUnit = unitOf(parts.at(-1) ?? '')
  const values = parts.map(part => worthOf(part, parts.length > 1 ? lastUnit : undefined))
  if (values.includes(undefined)) return [text]
  return values.map(value => (currency ? `${value} ${currency}` : String(value)))
}

const unitOf = (part: string) => /\d([十百千]?[万亿]|[百千])/u.exec(part)?.[1]

/** @param shared the unit of the range's end, for a beginning that has none: 「3-5万元」 */
function worthOf(part: string, shared: string | undefined): number | undefined {
  const found = /^(\d[\d,]*(?:\.\d+)?)/u.exec(part)?.[1]
  if (found) {
    const unit = unitOf(part) ?? (/元/u.test(part) ? undefined : shared)
    return Number((Number(found.replaceAll(',', '')) * (unit ? (units[unit] ?? 1) : 1)).toPrecision(12))
  }
  return numberOf(part.replaceAll('圆', '元').replace(/元.*$/u, ''))
}
