import { type Figure, figuresIn, flatten } from '../../src/text/figures/figures.ts'

/** A true answer with one thing in it made false. */
export type Mutation = { kind: string; what: string; text: string }

/** Every mutation of a text that we know how to make; those that would leave it true are left out. */
export function mutationsOf(text: string): Mutation[] {
  const flat = flatten(text)
  const figures = figuresIn(flat)
  return [
    ...figures.flatMap(figure => digits(flat, figure)),
    ...figures.flatMap(figure => units(flat, figure)),
    ...swaps(flat, figures),
    ...dropped(flat),
    ...added(flat),
  ]
}

const isSource = (text: string, at: number) =>
  /^(?:当时)?依据/u.test(text.slice(text.lastIndexOf('\n', at - 1) + 1))

function digits(text: string, { at, said, kind }: Figure): Mutation[] {
  if (kind === 'one') return []
  const found: Mutation[] = []
  for (const match of said.matchAll(/\d/g)) {
    for (const step of [1, 4, 7]) {
      const digit = String((Number(match[0]) + step) % 10)
      const place = at + match.index
      if (digit === '0' && match.index === 0) continue
      const next = text.slice(0, place) + digit + text.slice(place + 1)
      found.push({ kind: `digit of ${kind}`, what: said, text: next })
    }
  }
  for (const match of said.matchAll(/[二三四五六七八九]/gu)) {
    const place = at + match.index
    const other = match[0] === '五' ? '六' : '五'
    found.push({
      kind: `numeral of ${kind}`,
      what: said,
      text: text.slice(0, place) + other + text.slice(place + 1),
    })
  }
  return found
}

const otherUnits: [RegExp, string[]][] = [
  [/万元$/u, ['元', '亿元']],
  [/万$/u, ['亿', '']],
  [/亿元$/u, ['万元']],
  [/(?<!万|亿)元$/u, ['万元']],
  [/个月$/u, ['年', '天']],
  [/年$/u, ['个月', '天']],
  [/(?<!历)天$/u, ['个月']],
  [/(?<!工作)日$/u, ['个月', '年']],
  [/工作日$/u, ['月']],
  [/%$/u, ['‰', '倍']],
  [/人$/u, ['家']],
  [/家$/u, ['项']],
  [/分$/u, ['%']],
]

function units(text: string, { at, said, kind }: Figure): Mutation[] {
  if (['date', 'one', 'document', 'relativeDay'].includes(kind)) return []
  return otherUnits.flatMap(([unit, others]) =>
    unit.test(said)
      ? others.map(other => ({
          kind: `unit of ${kind}`,
          what: said,
          text: text.slice(0, at) + said.replace(unit, other) + text.slice(at + said.length),
        }))
      : [],
  )
}

/** Two figures of one kind that stand behind different words in one text, changed for one another. */
function swaps(text: string, figures: Figure[]): Mutation[] {
  const found: Mutation[] = []
  for (const [n, a] of figures.entries()) {
    for (const b of figures.slice(n + 1)) {
      if (a.kind !== b.kind || a.value === b.value || a.kind === 'one' || isSource(text, b.at)) continue
      if (!subjectOf(text, figures, a) || !subjectOf(text, figures, b)) continue
      if (subjectOf(text, figures, a) === subjectOf(text, figures, b)) continue
      const between = text.slice(a.at + a.said.length, b.at)
      const next = text.slice(0, a.at) + b.said + between + a.said + text.slice(b.at + b.said.length)
      found.push({ kind: `swap of ${a.kind}`, what: `${a.said}⇄${b.said}`, text: next })
    }
  }
  return found
}

/** The two characters or more right before a figure, without words of limit; empty in a bare list. */
function subjectOf(text: string, figures: Figure[], figure: Figure): string {
  const before = figures.findLast(other => other.at < figure.at)
  const lead =
    text
      .slice(before ? before.at + before.said.length : 0, figure.at)
      .split(/[，。；;:：\n、]/u)
      .at(-1) ?? ''
  const subject = lead.replace(
    /不得?超过|不高于|不低于|不少于|最高|最多|最长|至少|超过|大于|低于|达到|不满|满|要|是|的|为|在/gu,
    '',
  )
  return /^\p{Script=Han}{2,}$/u.test(subject) ? subject : ''
}

const droppable =
  /不动产|不少于|不仅|不但|不过|不同|有没有|(\p{Script=Han})不\1|没有|不得|不能|不用|不会|不要|不|未|没|(?<=\p{Script=Han}\p{Script=Han}|[日底\d])前(?!置|三|\d|款)|(?<=[\d%万亿元人家年月日分])(?:以上|以下|以内)|最高|最多|最长|至少|超过|低于|大于|截至|截止|只(?!要)/gu

function dropped(text: string): Mutation[] {
  return [...text.matchAll(droppable)]
    .filter(
      match =>
        !isSource(text, match.index) && !/^(?:不动产|不仅|不但|不过|不同|有没有|(.)不\1)$/u.test(match[0]),
    )
    .map(match => ({
      kind: `drop ${match[0]}`,
      what: text.slice(Math.max(0, match.index - 5), match.index + 7),
      text: text.slice(0, match.index) + text.slice(match.index + match[0].length),
    }))
}

const inventions = [
  '另有一次性奖励88万元。',
  '还可以再领三万元。',
  '办结要45天。',
  '2029-03-31前都能报。',
  '咨询电话0591-83320000。',
  '文号是闽科规〔2031〕77号。',
  '详情看 http://www.fj-butie.com/apply 。',
  '另外补37%。',
  '名额只有99家。',
]

function added(text: string): Mutation[] {
  return inventions.map(what => ({ kind: 'addition', what, text: `${text}${what}` }))
}
