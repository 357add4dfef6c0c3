import { alternation } from '../text/alternation.ts'
import { flatten } from '../text/figures/figures.ts'
import { isFunctionCode } from '../text/intents.ts'
import { type Clause, type ParsedText, pairsOf } from './clauses.ts'

/** Chinese, plain ASCII and the characters of ordinary Chinese print; whatever else could hide a figure. */
const odd = /[^\p{Script=Han}\x20-\x7e\n　-〿！-～“”‘’…—–·≥≤×‰％㎡①-⑩Ⅰ-Ⅻ〇￥]/u

/** Assurances that it will be granted. */
const assurances = /一定能|肯定(?:能|给|行|过)|必定|保证|包过|包拿|百分百|稳拿/u
/** All of it, without a price, a condition, a limit or an end. */
const withoutLimit =
  /全额|全免|免费|无条件|无上限|不限|无限|长期有效|永久|随时|自动|无需|先到先得|额度充足|名额有限/u
/** Advice as if from an office, and its money. */
const recommended = /官方推荐|内部渠道|返点|零门槛|零利率|零利息|零成本|[无免]息|免抵押|免担保|免审/u
/** Sooner than the rule says, or after its end. */
const atOnce = /秒批|马上|立刻|立即|当天|很快|提前|还能|仍然|仍可|顺延/u

/** Words that must stand in the entries themselves, by what they are. */
const sourced: readonly [string, RegExp][] = [
  ['a promise of its own', alternation([assurances, withoutLimit, recommended, atOnce], 'gu')],
  [
    'a request of its own',
    /收费|手续费|扫码|加微信|转账|汇款|打款|押金|验证码|身份证号|银行卡|密码|代办费/gu,
  ],
  [
    'a money or a share of its own',
    /美元|美金|港元|港币|欧元|日元|英镑|本金|本息|净利润|毛利|净资产|实缴|注册资本|税前|税后|含税|翻倍|加倍|减半|折半/gu,
  ],
  [
    'a rhythm of its own',
    /终身|全年|常年|整年|四季|随到随办|多次|一次性|每天|每日|每周|每月|每季|每半年|每次|按月|按季/gu,
  ],
  ['everybody, of its own', /所有|任何|人人|谁都|一律|均可|统统|通通|每家都|家家|全国|全省|全市|全区/gu],
  ['a level of its own', /(?:国家|省|市|区|县|街道)级/gu],
  [
    'a place of its own',
    /福州|厦门|泉州|漳州|莆田|龙岩|三明市|南平|宁德|平潭|鼓楼|仓山|晋安|马尾|长乐|福清|闽侯|连江|晋江|石狮|北京|上海|深圳|广州|杭州|台湾|香港|澳门/gu,
  ],
  [
    'an office of its own',
    /\p{Script=Han}{2}(?:局|厅|委员会|中心|银行|大厅|窗口|平台|协会|商会|小程序|公众号|法院|派出所|事务所)/gu,
  ],
]

/** Connecting phrases that a model may use without a source. */
const connecting =
  '您好你好可以的可以先看您的情况按你的情况具体来说简单说也就是说如果您是您这边你们公司你公司您公司贵公司的话建议先您可以你可以要注意需要注意记得另外此外还有同时首先然后最后这样对照一下自己是否符合条件先看看是不是符合准备好材料关于您问的这个问题答案是目前来看政策规定按规定根据规定以及因此所以换句话说举例来说你们单位我们空间所在打电话咨询问清楚这种情况一般来说属于满足条件申请办理就可以了就行了才行算数能够享受不用担心想要如果没有这一步那么反过来意思是只要还是不是不能不会没有就算也要也能也算最好再核实一下问清楚再去跑按新的来材料就两样就几样要看比例要看情况或者打电话看占比剩下的自己付等等早点准备'
const phrases = pairsOf(connecting)
/** Characters that say nothing of who gets what: those of {@link connecting}, and some of general procedure. */
const neutral = new Set(`${connecting}者由登录每天找经方向流程它次并起往`)

/** A clause with fewer Chinese characters has too few pairs for {@link leastSupport}. */
const shortestClause = 6
/**
 * The least share of a clause's pairs of characters that must be found in the entries,
 * the question or {@link phrases}.
 */
const leastSupport = 0.34
/** The least share that the entries and {@link phrases} alone must give: a question is no evidence. */
const leastOwnSupport = 0.25
/** Each character counts in a clause of up to this many Chinese characters: 「收入少报一点」 is the entry's 收入 and a lie. */
const longestWeighed = 8
/** The same for a clause below {@link shortestClause}. */
const leastShortSupport = 0.34

/** Share of a clause that must repeat the question for the question to count as its source: 「你开奶茶店」. */
const leastRepeated = 0.5
const conceding = /[能可行过算够拿免得准会]|没[事问关]|不[用必需]/u

/** 「你开奶茶店」「如果是分期付款」「买设备的话」「借用专利的」: the case that is answered, and no statement. */
const ofReader = /[你您贵]|如果|要是|假如|若|的话|[的时]$|[问想]/u

/**
 * A clause that may repeat the question, as the case that the answer goes on from: it is the reader's, concedes nothing
 * and ends no sentence.
 */
const isEcho = ({ words, text, sentence }: Clause): boolean =>
  !conceding.test(words) &&
  ofReader.test(words) &&
  !sentence.replace(/[\p{P}\s]+$/u, '').endsWith(text.replace(/[\p{P}\s]+$/u, ''))

/** Names of programmes: each with the programme that it stands for. */
export type NormalizedNames = ReadonlyMap<string, string>

type Sides = { said: ParsedText; source: ParsedText; question: string; names: NormalizedNames }

/** Characters, titles, foreign words, programmes, promises, offices and whole clauses that have nothing behind them. */
export function wordFaults(sides: Sides): string[] {
  return [
    ...oddChars(sides),
    ...titles(sides),
    ...foreignWords(sides),
    ...programmes(sides),
    ...ownWords(sides),
    ...ownRelief(sides),
    ...unsupported(sides),
    ...ownCharacters(sides),
  ]
}

function oddChars({ said }: Sides): string[] {
  const found = odd.exec(said.flat)?.[0]
  return found ? [`an odd sign: U+${found.codePointAt(0)?.toString(16)}`] : []
}

function titles({ said, source }: Sides): string[] {
  return [...said.flat.matchAll(/《([^《》]+)》/gu)]
    .filter(([, title = '']) => !source.flat.includes(title))
    .map(([title]) => `a title of its own: ${title}`)
}

/** A single letter is a word as well, and not a part of another: 「材料P一下」 is no 「APP」. */
function foreignWords({ said, source, question }: Sides): string[] {
  const known = `${source.flat} ${flatten(question)}`.toLowerCase()
  const letters = new Set(source.flat.toLowerCase().match(/(?<![a-z])[a-z](?![a-z])/gu))
  return (said.flat.match(/[a-z]+/giu) ?? [])
    .filter(word =>
      word.length === 1 ? !letters.has(word.toLowerCase()) : !known.includes(word.toLowerCase()),
    )
    .map(word => `a word of its own: ${word}`)
}

/** Other names of one programme are as good; the longest name at a place counts. */
function programmes({ said, source, names }: Sides): string[] {
  const known = new Set([...names].flatMap(([name, id]) => (source.flat.includes(name) ? [id] : [])))
  const byLength = [...names].sort(([a], [b]) => b.length - a.length)
  let rest = said.flat
  const strange: string[] = []
  for (const [name, id] of byLength) {
    if (!rest.includes(name)) continue
    rest = rest.replaceAll(name, '□')
    if (!known.has(id) && !source.flat.includes(name)) strange.push(`another programme: ${name}`)
  }
  return strange
}

function ownWords({ said, source }: Sides): string[] {
  return sourced.flatMap(([what, words]) =>
    (said.flat.match(words) ?? [])
      .filter(word => !source.flat.includes(word))
      .map(word => `${what}: ${word}`),
  )
}

/** 「免征」 for 「减半征收」; 「每年50万」 for 「一次性50万」. Other words for the same are as good. */
const likeWords: readonly [string, RegExp, RegExp][] = [
  ['a relief of its own', /免[征税缴交收]|不用[缴交]税/gu, /免(?!申)|不[征缴交]/u],
  [
    'a rhythm of its own',
    /每年|年年|每一年/gu,
    /每年|每个?[^，。]{0,4}年|按年|年均|年度|每1年|每一年|年审|年报/u,
  ],
]

function ownRelief({ said, source }: Sides): string[] {
  return likeWords.flatMap(([what, words, borneOut]) =>
    borneOut.test(source.flat) ? [] : (said.flat.match(words) ?? []).map(word => `${what}: ${word}`),
  )
}

function unsupported({ said, source, question }: Sides): string[] {
  const borne = new Set([...pairsOf(source.flat), ...phrases])
  const known = new Set([...borne, ...pairsOf(flatten(question))])
  const chars = new Set(source.flat)
  const isBorneOut = (clause: Clause) => {
    const { words } = clause
    if (isEcho(clause) && support(words, known) >= leastRepeated) return true
    if (hanIn(words) < shortestClause) return isShortBorneOut(words, borne, chars)
    if (isOfSameChars(words, chars)) return true
    return support(words, known) >= leastSupport && support(words, borne) >= leastOwnSupport
  }
  return said.clauses
    .filter(clause => hanIn(clause.words) >= 2 && !isBorneOut(clause))
    .map(({ text }) => `nothing like it in the entries: ${text}`)
}

/**
 * Short clauses with a telling character that neither the entries have nor, where
 * nothing is conceded, the question.
 */
function ownCharacters({ said, source, question }: Sides): string[] {
  const known = new Set(source.flat)
  const asked = new Set(flatten(question))
  const isOwn = (clause: Clause) => (char: string) =>
    !known.has(char) && !neutral.has(char) && !(isEcho(clause) && asked.has(char))
  return said.clauses
    .filter(({ words }) => hanIn(words) >= 2 && hanIn(words) <= longestWeighed)
    .flatMap(clause =>
      tellingIn(clause.words).some(isOwn(clause)) ? [`a character of its own: ${clause.text}`] : [],
    )
}

const tellingIn = (words: string) =>
  (words.match(/\p{Script=Han}/gu) ?? []).filter(char => !isFunctionCode(char.charCodeAt(0)))

const hanIn = (words: string) => (words.match(/\p{Script=Han}/gu) ?? []).length

/** A short clause holds at least one pair of the entries, or nothing but their characters and function words. */
function isShortBorneOut(words: string, borne: ReadonlySet<string>, chars: ReadonlySet<string>): boolean {
  const telling = tellingIn(words)
  // One character alone bears nothing out: 「都认」 is not 「认定」.
  const isOfTheirChars = telling.length > 1 && telling.every(char => chars.has(char))
  return telling.length === 0 || support(words, borne) >= leastShortSupport || isOfTheirChars
}

function support(words: string, known: ReadonlySet<string>): number {
  const pairs = [...pairsOf(words)]
  return pairs.filter(pair => known.has(pair)).length / Math.max(1, pairs.length)
}

/** Words in another order make other pairs: 「证书从颁发那天起管三年」. Share of the telling characters that must be known. */
const leastChars = 0.7

function isOfSameChars(words: string, known: ReadonlySet<string>): boolean {
  const telling = tellingIn(words)
  return telling.length >= 3 && telling.filter(char => known.has(char)).length / telling.length >= leastChars
}
