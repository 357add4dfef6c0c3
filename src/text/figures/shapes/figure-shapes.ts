import { numberOf, numberPattern } from '../numerals.ts'
import { dates } from './figure-dates.ts'
import { type FigureKind, rangeSign, readingOrNone, type Shape, shape, smallNumber } from './figure-shape.ts'

/** Separates the parts of a document's value: issuer, year, number. */
export const valueSeparator = '|'

const N = numberPattern
const more = '(?:多|余|来)?'

/** The value of a number times what its unit is worth; the words of an inexact one, 「七八万」. */
function amount(said: string | undefined, worth = 1): string | undefined {
  if (said === undefined) return undefined
  const value = numberOf(said.replace(/[多余来]/gu, ''))
  return value === undefined ? said : String(Number((value * worth).toPrecision(12)))
}

type Unit = { words: string; kind: FigureKind; worth?: number; name?: string }

/** Longer words first. What has a `name` is counted by that name: 3人 is not 3家. */
const units: readonly Unit[] = [
  { words: '个?百分点|个点|%', kind: 'share' },
  { words: '‰', kind: 'share', worth: 0.1 },
  { words: '成(?![立本功果员为长熟都交绩年品型])', kind: 'share', worth: 10 },
  { words: '折(?![旧算扣])', kind: 'discount' },
  { words: '倍', kind: 'multiple' },
  { words: '元(?:人民币)?|块钱?|人民币|rmb', kind: 'money' },
  { words: '个?工作日|个?交易日', kind: 'workdays' },
  { words: '个?小时|个?钟头', kind: 'hours' },
  { words: '分钟', kind: 'hours', worth: 1 / 60 },
  { words: '年半', kind: 'months', worth: 12, name: 'half' },
  { words: '个半月', kind: 'months', name: 'half' },
  { words: '周年|年', kind: 'months', worth: 12 },
  { words: '个多?月', kind: 'months' },
  { words: '个?季度', kind: 'months', worth: 3 },
  { words: '个?(?:星期|礼拜)|周(?!末)', kind: 'days', worth: 7 },
  { words: '个?(?:日历天|自然日|天|日)', kind: 'days' },
  { words: '平方米|平米|个平方|平方', kind: 'area' },
  { words: '分(?![之公别析类为配期享红级立钟支局])', kind: 'points' },
  { words: '名|位|人', kind: 'count', name: '人' },
  { words: '个会计年度', kind: 'months', worth: 12 },
  { words: '家|户', kind: 'count', name: '家' },
  { words: '项|条|种|类|个|件', kind: 'count', name: '个' },
  { words: '点钟?(?![的名评心])|号(?=前|之前|截止|以前|起|开始)', kind: 'count', name: '点' },
  ...[...'批次场期届步份档款门轮笔张本页台套辆亩级星层楼岁站趟组支篇区'].map(
    (word): Unit => ({ words: word, kind: 'count', name: word }),
  ),
  { words: '大(?=领域|类|行业|产业|条件|方面|步骤|指标|情形)', kind: 'count', name: '个' },
]

/** 「一份申请」 is an article; with one of these before it, 「至少一份」, it is a count. */
const counted = /(?:满|近|每|少|多|超过|不到|不足|只|仅|限|第|有|共)$/u

/** 「上一年」 is a year and no period. */
const namedYear = /[上下头这那同]$/u

function measured({ words, kind, worth = 1, name = '' }: Unit): Shape[] {
  const isCount = kind === 'count'
  const sayValue = (value: string | undefined) =>
    value === undefined
      ? undefined
      : isCount
        ? `${value}${name}`
        : name === 'half'
          ? plusHalf(value, worth)
          : value
  const range = shape(`(${N})(?:${words})?${rangeSign}(${N})${more}(?:${words})`, ([, low, high]) => {
    const [from, until] = [amount(shared(low, high), worth), amount(high, worth)]
    return from && until ? readingOrNone(kind, sayValue(`${from}..${until}`)) : []
  })
  const single = shape(`(${N}${more}[万亿]?)(?:${words})`, (match, text) => {
    const isNamedYear =
      kind === 'months' &&
      match[1] === '一' &&
      namedYear.test(text.slice(Math.max(0, match.index - 1), match.index))
    if (isNamedYear) return []
    const isArticle =
      isCount && match[1] === '一' && !counted.test(text.slice(Math.max(0, match.index - 2), match.index))
    return readingOrNone(isArticle ? 'one' : kind, sayValue(amount(match[1], worth)))
  })
  return [range, single]
}

const plusHalf = (value: string, worth: number) => String(Number(value) + worth / 2)

/** In 「10–20万」 the first number shares the 万 of the second. */
function shared(low: string | undefined, high: string | undefined): string | undefined {
  const big = /[万亿]+$/u.exec(high ?? '')?.[0]
  return big && low && !/[万亿]/u.test(low) ? `${low}${big}` : low
}

/** The Han characters that run up to a document's bracket: its issuer, and whatever stands before it. */
const issuerBefore = (match: RegExpExecArray, text: string) =>
  /[\p{Script=Han}]{0,10}$/u.exec(text.slice(Math.max(0, match.index - 10), match.index))?.[0] ?? ''

const documentOf = (issuer: string, y: string | undefined, number: string | undefined) =>
  readingOrNone('document', [issuer, y ?? '', Number(number)].join(valueSeparator))

const references: readonly Shape[] = [
  shape(
    '(?<![a-z0-9@])(?:https?://)?(?:[a-z0-9_+-]{1,64}@)?(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}(?::\\d+)?(?:[/?#][\\w\\-./~%?&=#+:@!,;$]*)?(?![a-z0-9-])',
    ([said]) =>
      readingOrNone(
        'link',
        said
          .replace(/^https?:\/\//i, '')
          .replace(/[/.,;:!?]+$/, '')
          .toLowerCase(),
      ),
  ),
  shape('[〔\\[(【](\\d{4})[〕\\])】]第?(\\d{1,9})号', (match, text) =>
    documentOf(issuerBefore(match, text), match[1], match[2]),
  ),
  shape('(\\d{4})年第(\\d{1,9})号', (match, text) =>
    documentOf(issuerBefore(match, text), match[1], match[2]),
  ),
  shape('第?(\\d{1,9})号(?!位|楼|线|码)', match => documentOf('', undefined, match[1])),
  shape(`第(${N}(?:、${N}){0,20})条`, ([, list = '']) =>
    list.split('、').flatMap(each => readingOrNone('article', amount(each))),
  ),
  shape('(\\d{1,9}-\\d{1,9})(?=表)', ([, code]) => readingOrNone('code', code)),
  shape(
    '(?<![\\d.-])(?:0\\d{2,3}-?\\d{7,8}|1[3-9]\\d{9}|[48]00-?\\d{3}-?\\d{4}|1[012]\\d{3}|9[56]\\d{3,4})(?![\\d.]|[万亿元%人家户项件个年天份名]|平方)',
    ([said]) => readingOrNone('phone', said.replaceAll('-', '')),
  ),
]

const proportions: readonly Shape[] = [
  shape(`百分之(${N})(?:${rangeSign}(?:百分之)?(${N}))?`, ([, low, high]) =>
    readingOrNone('share', [amount(low), amount(high)].filter(Boolean).join('..') || undefined),
  ),
  shape(`([千万])分之(${N})`, ([, base, n]) => readingOrNone('share', amount(n, base === '千' ? 0.1 : 0.01))),
  shape(`(${N})%${rangeSign}(${N})%`, ([, low, high]) =>
    readingOrNone('share', `${amount(low)}..${amount(high)}`),
  ),
  shape(`(${N})分之(${N})`, ([, whole, part]) => readingOrNone('ratio', `${amount(part)}/${amount(whole)}`)),
  shape('\\d{1,9}(?:[:：]\\d{1,9}){1,4}(?!\\d)', ([said]) =>
    readingOrNone('ratio', said.replaceAll('：', ':')),
  ),
  shape('(\\d{1,9})/(\\d{1,9})(?![\\d/])', ([, part, whole]) => readingOrNone('ratio', `${part}/${whole}`)),
  shape('一半|半数', () => readingOrNone('share', '50')),
  shape('翻倍|翻番|双倍|加倍', () => readingOrNone('multiple', '2')),
]

const rough: readonly Shape[] = [
  shape(
    '(?:好几|几|数|上|成)(?=[十百千万亿])[十百千万亿]+(?!分之)|十几|[一二三四五六七八九]十几|好几(?=[个家项年次天万])',
    ([said]) => readingOrNone('vague', said),
  ),
  shape('[一二两三四五六七八][二三四五六七八九](?:[十百千万亿]+|(?=个|家|项|年|天|人|次|名|%))', ([said]) =>
    readingOrNone('vague', said),
  ),
  shape('半个?(年|月|天|小时)', ([, unit]) => readingOrNone(...half(unit))),
  shape(`前(${smallNumber})(?![年个季款条月天述期日周项])`, ([, n]) => readingOrNone('rank', amount(n))),
  shape('[¥￥]\\s?(\\d[\\d,.]*\\d|\\d)([万亿]?)', ([, n, big]) =>
    readingOrNone('money', amount(`${n}${big}`)),
  ),
]

function half(unit: string | undefined): [FigureKind, string] {
  if (unit === '年') return ['months', '6']
  if (unit === '月') return ['days', '15']
  return unit === '天' ? ['days', '0.5'] : ['hours', '0.5']
}

/** 「9月」 was a date; what is left is a number alone, in digits or with a 十, 百, 千 or 万 in it. */
const bare: readonly Shape[] = [
  shape(`(${N})${rangeSign}(${N})[万亿]?`, ([said, low, high]) =>
    /\d/.test(said) ? readingOrNone('number', `${amount(shared(low, high))}..${amount(high)}`) : [],
  ),
  shape('[ivx]+(?=类)', ([said]) => readingOrNone('code', said.toUpperCase())),
  shape(`${N}${more}[万亿]?`, ([said]) =>
    /\d|[\p{Script=Han}][十百千万亿]|十[\p{Script=Han}]/u.test(said)
      ? readingOrNone('number', amount(said))
      : [],
  ),
  shape('\\d{1,24}', ([said]) => readingOrNone('number', said)),
]

/** Tried in this order at each place: what is more particular comes first. */
export const shapes: readonly Shape[] = [
  ...references,
  ...dates,
  ...proportions,
  ...rough,
  ...units.flatMap(measured),
  ...bare,
]
