/** Kinds of limit that a figure sets. `per` says that it holds for each of something. */
export type Bound =
  | 'atMost'
  | 'atLeast'
  | 'below'
  | 'above'
  | 'around'
  | 'until'
  | 'from'
  | 'asOf'
  | 'past'
  | 'within'

type Place = { at: number; said: string; kind: string; bounds: Bound[] }
type Neighbours = { before: Place | undefined; after: Place | undefined }

/** Asked in this order, since 「没超过」 holds 「超过」 and 「不低于」 holds 「低于」. */
const ahead: readonly [Bound, RegExp][] = [
  [
    'atMost',
    /(?:不得?|没有?|未|不能|不可|不会|不应|不要)(?:超过|高于|多于|大于|超出|超)|最高|最多|最长|最大|上限|至多|顶多|封顶|≤|<=/gu,
  ],
  [
    'atLeast',
    /(?:不得?|不能|不可|不应)(?:低于|少于|小于|短于)|至少|最低|最少|最短|起码|下限|≥|>=|(?<![未不没有能])(?:达到|达|满|够)(?!分)/gu,
  ],
  ['below', /低于|少于|小于|不到|不足|(?:未|没有?|不能?|不)(?:达到?|满|够)|达不到|不及|</gu],
  ['above', /超过|大于|高于|多于|超出|突破|>/gu],
]

const behind: readonly [Bound, RegExp][] = [
  ['atMost', /^(?:\(含\)|及|或)?(?:以下|以内|之内|为限|封顶|为上限|为最高)/u],
  ['atLeast', /^(?:\(含\)|及|或)?(?:以上|打底)/u],
  ['within', /^内(?!容|部|资|外|地|设|的?企业)/u],
]

const dateAhead: readonly [Bound, RegExp][] = [
  ['asOf', /截至(?:于)?$/u],
  [
    'until',
    /(?:截止(?:日期?|时间)?(?:到|至|于|是|为|在|[:：])?|至|到|止于|直到|持续到|不晚于|不迟于|最晚|最迟|赶在|[-–—~])(?:次年|当年|每年)?$/u,
  ],
  ['from', /(?:自|从|始于|不早于)(?:次年|当年|每年)?$/u],
]
const dateBehind: readonly [Bound, RegExp][] = [
  [
    'until',
    /^(?:\(含\))?(?:那天|当天|这天)?(?:就|便|才|已经?|早已|早就|都|当天|当日|又|会|也|正式|为)*(?:之前|以前|前|截止|结束|到期|为止|止|失效|停止|期满|终止|关闭)/u,
  ],
  [
    'from',
    /^(?:\(含\))?(?:正式|就|便|才|开始)*(?:之后|以后|后|起|开始|开放|施行|实施|执行|生效|至|到|[-–—~])/u,
  ],
]

/** How far ahead a limit may stand: 「不超过各人上限之和的110%」. */
const reach = 12

/** The bounds of the figure at a place of a flattened text, sorted. */
export function boundsAround(text: string, figure: Place, { before, after }: Neighbours): Bound[] {
  const start = Math.max(before ? before.at + before.said.length : 0, figure.at - reach)
  const prefix = lastClause(text.slice(start, figure.at))
  const end = figure.at + figure.said.length
  const suffix = text.slice(end, Math.max(end, after?.at ?? text.length)).slice(0, 8)
  const found = figure.kind === 'date' ? dateBounds(prefix, suffix) : amountBounds(figure, prefix, suffix)
  if (found.length === 0 && before && /^(?:和|、|或|与|及)$/u.test(text.slice(start, figure.at))) {
    return before.kind === 'date' && figure.kind === 'date' ? before.bounds : []
  }
  return found.sort()
}

const lastClause = (text: string) => text.split(/[，。；！？!?;:\n、()]/u).at(-1) ?? ''

function dateBounds(prefix: string, suffix: string): Bound[] {
  const first = dateAhead.find(([, pattern]) => pattern.test(prefix))?.[0]
  const last = dateBehind.find(([, pattern]) => pattern.test(suffix))?.[0]
  if (first === 'asOf') return ['asOf']
  // 「从…至…」: the first is where it begins; 「至…前」 says its end twice.
  return [...new Set([first, last].flatMap(bound => bound ?? []))]
}

function amountBounds(figure: Place, prefix: string, suffix: string): Bound[] {
  const bounds = new Set<Bound>()
  const near = strongest(prefix)
  if (near) bounds.add(near)
  for (const [bound, pattern] of behind) {
    if (pattern.test(suffix)) bounds.add(bound === 'within' ? 'atMost' : bound)
  }
  if (/多|余|来|左右|上下/u.test(figure.said)) bounds.add('around')
  if (/(?:约|大约|大概|将近|差不多)$/u.test(prefix) || /^(?:左右|上下|多|余)/u.test(suffix))
    bounds.add('around')
  if (/^(?:periods|days|months)$/u.test(figure.kind)) addPeriodBounds(bounds, prefix, suffix)
  return [...bounds]
}

/** The last comparison before the figure, the longest where several begin together. */
function strongest(prefix: string): Bound | undefined {
  let best: { bound: Bound; end: number; start: number } | undefined
  for (const [bound, pattern] of ahead) {
    for (const match of prefix.matchAll(pattern)) {
      const end = match.index + match[0].length
      if (!best || end > best.end || (end === best.end && match.index < best.start)) {
        best = { bound, end, start: match.index }
      }
    }
  }
  return best?.bound
}

function addPeriodBounds(bounds: Set<Bound>, prefix: string, suffix: string): void {
  if (/(?:近|最近|过去|前)$/u.test(prefix)) bounds.add('past')
  if (/^(?:之前|以前|前)/u.test(suffix)) bounds.add('until')
  if (/^(?:之后|以后|后)/u.test(suffix)) bounds.add('from')
}
