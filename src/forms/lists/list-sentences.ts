import { familyNames } from '../../text/names/family-names.ts'
import { isOfUnnamed } from './list-counts.ts'
import { isStatus, type PastedStatus, statusIn, withoutRemarks } from './list-status.ts'

/** People whom a sentence names, and its words about those whom it does not name. */
export type ListSentence = {
  named: { name: string; status: PastedStatus }[]
  /** 「其他人都到了」: the list does not say who they are. */
  unnamed: string[]
  /** The clauses that are read like every other line. */
  rest: string
}

const came = '(?:到|来|签|参加|出席|齐|在|没|未|缺|请假|迟|有事)'
const others =
  '(?:(?:其[他余它]|剩下|余下|别|另外)(?:的|几位|各位)*(?:人员?|同志|党员|成员|同学|老师|创客)?们?|大家|全员|全体|所有(?:的)?人?员?)'
const unnamedClause = new RegExp(
  `^(?:今[天日晚])?(?:${others}(?:今[天日晚]|全部|都|全|均|也|已经?|准时)*${came}|(?:人|全部)?(?:都|全|均)(?:已经?|准时)*${came}|(?:人)?[到来]齐)[^:：]*$`,
  'u',
)
/** 「今天应到10人，」. */
const totalsWords = '[^，,:：。；;]{0,12}\\d{1,3}\\s*[人位名][，,\\s]+'
const totalsFirst = `(?:${totalsWords}){0,3}`
/** 「除了柏舟请假，其他人都到了」, 「应到3人，除甘棠外全部到」. */
const exceptFirst = new RegExp(
  `^${totalsFirst}(?:今[天日晚]|[这本]次)?(?:微?党?课|活动|会议)?除(?:了|去|开)?(?<names>[^:：]+?)(?:[以之]?外|除外)?的?[，,\\s]*(?<unnamed>(?:其[他余它]|剩下|余下|别的|大家|全员|全体|全部|全[到来]|所有|都|均|人都|人全|没有?一?[个名位]?人|无一?人)[^:：]*)$`,
  'u',
)
/** 「全员到齐，柏舟除外」. */
const exceptLast = /^(?<unnamed>[^:：，,]*)[，,\s]+(?<names>[^:：，,]+?)除外[。.]?$/u
/** 「全部到齐，除了甘棠」. */
const exceptBehind =
  /^(?<unnamed>[^:：，,]{0,20}(?:全|都|均|所有|大家|其[他余])[^:：，,]{0,20}(?:[到来齐签]|参加|出席)[^:：，,除]{0,6})[，,\s]*除(?!夕)(?:了|去|开)?(?<names>[^:：]+?)(?:[以之]?外|除外)?[。.]?$/u
/** 「全到了，」, 「人都齐了，」. */
const othersFirst =
  '(?:(?<others>(?:人|大家|其[他余]人?|全部|全员|全体|所有人|别人)?(?:都|全|均|已经?)*(?:[来到在]齐?|齐)了?)[，,\\s]*)?'
const onlyStart = `(?<totals>(?:${totalsWords}){1,3})?${othersFirst}(?:(?<place>\\p{Script=Han}{1,6}(?:支部|空间|工场|公司|大厦|小组|组)|[我咱]们?|大家)|今[天日晚]|现在|目前)?`
const onlyNames = '[^，,:：。；;]{2,160}?'
const onlyEnd =
  '(?<counted>[一两二三四五六七八九十\\d]{1,2}[个位人名])?(?:了|啦|还|都|[没未][来到签])*(?:[，,。；;\\s]+(?<unnamed>[^，,。；;:：]*(?:都|全|齐|其[他余]|大家)[^，,。；;:：]*))?[。.!！]*'
/** 「今天只有郑风没来」. */
const onlyTold = `(?:就|只|仅|还|才)+(?:有|是|剩)?(?<told>${onlyNames})(?:还|也|都)?(?:没有?[来到签]|未[来到签]|不[来在]|缺席|缺勤|请假|出差)`
/** 「就差郑风了，其他人都到了」, 「二支部缺郑风」, 「等甘棠和柏舟」. */
const onlyLack = `(?<only>(?:就|只|还|也)+)?(?<lack>差|缺|少|等)(?<done>[了着])?(?!席|勤|课|旷)(?<names>${onlyNames})`
const onlyThese = new RegExp(`^${onlyStart}(?:${onlyTold}|${onlyLack})${onlyEnd}$`, 'u')
const marks = /[，,；;。]+/u
const between = /[、，,;；\s]+|(?<=\p{Script=Han}{2})[和跟与及](?=\p{Script=Han}{2})/u
const before = /^(?:请假|出差|生病|有事|缺席|没来|没到|未到)的/u

/** 「柏舟事假以外，甘棠、郑风」 before 「均到」. */
const namedBehind = /^(?<excepted>.+?)(?:[以之]?外|除外)(?![出地勤派])[，,\s]*(?<others>.+)$/u
/** The end of the exceptions within words that were taken for names: 「柏舟外陈静」; 「外地」 is none. */
const exceptionsEnd = /外(?![出地勤派])/u

/** 「柏舟请假外，其余甘棠、郑风均到」: the others are named as without the word. */
const beforeOthers =
  /(?<=^[^:：]{0,40}除[^:：]{0,80}外[，,\s]{0,2})(?:其[他余它]|剩下|余下)的?(?:人员?|同志|党员|成员)?(?=[\p{Script=Han}·]{2,12}、)/u

/** A longer line is a list without line breaks. */
const longest = 400

/** @returns undefined for a line without words about people who are not named */
export function sentenceIn(written: string): ListSentence | undefined {
  const line = written.replace(beforeOthers, '')
  const others = othersNamedIn(line)
  if (others || line.length > longest) return others
  if (isOfUnnamed(line)) return { named: [], unnamed: [], rest: '' }
  const { names, unnamed } =
    (exceptFirst.exec(line) ?? exceptLast.exec(line) ?? exceptBehind.exec(line))?.groups ?? {}
  if (names !== undefined && unnamed !== undefined) {
    const { excepted, others: named } = namedBehind.exec(names)?.groups ?? {}
    if (excepted !== undefined && named !== undefined) return behindExceptions(excepted, named, unnamed)
    return { named: exceptionsOf(names, unnamed), unnamed: [withoutEnd(unnamed)], rest: '' }
  }
  const only = onlyThese.exec(line)?.groups
  const told = only && onlyIn(only)
  if (told) return told
  const clauses = line.split(marks).map(one => one.trim())
  const ofOthers = clauses.filter(isOfOthers)
  if (ofOthers.length === 0) return undefined
  const rest = line
    .split(/(?<=[，,；;。])/u)
    .filter((one, at) => !isOfOthers(withoutEnd(one), at))
    .join('')
  return { named: [], unnamed: ofOthers, rest: withoutEnd(rest) }
}

const apart = /(?<=\p{Script=Han}{2})\s+(?=\p{Script=Han}{2})/gu

/** The exceptions, and what stands behind them: names of which one clause tells, or clauses of their own. */
function behindExceptions(excepted: string, others: string, unnamed: string): ListSentence | undefined {
  const isOneClause = !marks.test(withoutEnd(unnamed))
  if (isOneClause && statusIn(` ${others}`, 'here') === 'here' && !exceptionsEnd.test(others))
    return othersNamedIn(`除${excepted}外，其余${unnamed}：${others}`)
  const named = exceptionsOf(exceptionsEnd.test(others) ? `${excepted}外` : excepted, unnamed)
  const gap = statusIn(` ${others}`, 'here') === 'here' ? '' : '，'
  return { named, unnamed: [], rest: `${others.replaceAll(apart, '、')}${gap}${unnamed}` }
}

/** 「除卫淇请假外，其他人员均到：甘棠、柏舟」: the names behind the colon, or in the lines below, are the others. */
function othersNamedIn(line: string): ListSentence | undefined {
  const colon = line.search(/[:：]/u)
  // A colon behind a digit belongs to a time.
  if (colon < 0 || colon > longest || /\d$/u.test(line.slice(0, colon))) return undefined
  const { names, unnamed } = exceptFirst.exec(line.slice(0, colon).trim())?.groups ?? {}
  if (names === undefined || unnamed === undefined) return undefined
  return {
    named: exceptionsOf(names, unnamed),
    unnamed: [],
    rest: `${labelOfOthers(unnamed)}：${line.slice(colon + 1).trim()}`,
  }
}

/** Words that leave open whether the others came: 「应到」, 「会到」, 「没到齐」. */
const openWords = /[应需须要拟能]|请(?!假)|[没未不]\p{Script=Han}{0,2}齐/u

/** How a list would label those of whom words about others tell. */
export function labelOfOthers(unnamed: string): string {
  const status = openWords.test(unnamed) ? 'unclear' : statusIn(` ${unnamed}`, 'here')
  if (status === 'away') return '未到'
  return status === 'here' && presence.test(unnamed) ? '到' : '待定'
}

function onlyIn(parts: OnlyParts): ListSentence | undefined {
  const { told, lack, names, others, unnamed = others } = parts
  const pieces = (told ?? names ?? '').split(between).filter(one => one !== '')
  if (lack !== undefined && !lacksPeople(lack, pieces, parts)) return undefined
  const status = lack === '等' || pieces.some(one => withoutRemarks(one) !== one) ? 'unclear' : 'away'
  return {
    named: pieces.map(one => ({ name: withoutRemarks(one), status })),
    unnamed: unnamed ? [withoutEnd(unnamed)] : [],
    rest: '',
  }
}

type OnlyParts = Record<string, string | undefined>

/** One character of lacking begins other words too, 「少年宫」, 「等候区」: words around it have to say that people lack. */
function lacksPeople(lack: string, pieces: readonly string[], parts: OnlyParts): boolean {
  const { totals, others, place, only, done, counted, unnamed } = parts
  if ([totals, others, place, only, done, counted, unnamed].every(words => words === undefined))
    return lack === '缺' && pieces.every(piece => familyBefore.test(piece))
  return !pieces.some(isOtherWord)
}
/** A name that begins with a family name. */
export const familyBefore = new RegExp(`^(?:${[...familyNames].join('|')})\\p{Script=Han}{1,2}$`, 'u')
const quantity = /^(?:一?半|好?几|好?多|不少|许多|一些|点|[一两二三四五六七八九十\d]+[个位人名成])/u
const words = new Intl.Segmenter('zh', { granularity: 'word' })
/** 「合影」, 「老师讲课」, 「一半人」: words of the dictionary and numbers, none of which begins as a name does. */
const isOtherWord = (piece: string) =>
  quantity.test(piece) ||
  (!familyBefore.test(piece) && [...words.segment(piece)].every(({ segment }) => segment.length > 1))

/** 「甘棠、柏舟，都请假」 is about those who are named before. */
const isOfOthers = (clause: string, at: number) =>
  unnamedClause.test(clause) && !(at > 0 && isStatus(clause.replace(/^(?:都|均|全部?)/u, '')))

const withoutEnd = (clause: string) => clause.replace(/[，,；;。\s]+$/u, '').trim()

const presence = /到|来|签|参加|出席|齐/u
const hereInPart = /(?:迟到|早退|晚到|先走|线上).*$/u

/** Away where the others came and nothing else is said of them; else a person decides. */
function exceptionsOf(names: string, unnamed: string): ListSentence['named'] {
  const pieces = names
    .split(between)
    .map(one => one.replace(before, ''))
    .filter(one => one !== '')
  const isAlone = (piece: string) => withoutRemarks(piece) === piece
  const haveCome = presence.test(unnamed) && !/[没未无不缺迟晚假]|早退/u.test(unnamed)
  const areAway =
    haveCome &&
    !exceptionsEnd.test(names) &&
    pieces.every(one => isAlone(one) || statusIn(one, 'unclear') === 'away')
  return pieces.map(one => ({
    name: withoutRemarks(one.replace(hereInPart, '')),
    status: areAway ? 'away' : 'unclear',
  }))
}

const awayStates = '请假|[事病公]假|出差|缺席|缺勤|未到|没到|没来|未签到?|没签到?|未参加|没参加|不来|来不了'
const hereStates = '到场|到会|到|来|已?签到|签|参加|出席|参会|实到|迟到|早退'
const toldLead = '(?:今[天日晚]|昨[天晚]|现场|[这本]次|目前|已经?)*'
const toldAway = `(?<away>${awayStates})了?的(?:人员?|同志)?(?:只|就)?(?:有|是|为|如下)?`
const toldHere = `(?<here>${hereStates})了?(?:的(?:人员?|同志|党员|成员)?|人员|同志)(?:有|是|为|如下)`
/** 「请假的同志」 without names. */
const noNames = '(?!(?:人?员?|同志|党员|成员)?(?:只|就)?(?:有|是|为|如下)?\\s*[:：]?\\s*$)'
/** 「今天到的有甘棠、林小美」, 「请假的柏舟、郑风」. */
const toldLabel = new RegExp(
  `(?<=^|[，,；;。\\s])${toldLead}(?:${toldAway}|${toldHere})\\s*[:：]?\\s*(?=\\p{Script=Han})${noNames}`,
  'gu',
)

/** 「今天来了甘棠、柏舟」. */
const cameFirst =
  /^(?:今[天日晚]|现场|[这本]次|目前|已经?|只|就|仅)*(?:来了|到了|到场了?|签到了?|参加了)(?:\d{1,3}[人位名个])?\s*[:：]?\s*(?=\p{Script=Han}{2,4}[、，,和])/u

/** The parts of a line, each with its label as a list writes it: 「到：甘棠、林小美」. */
export const withPlainLabels = (line: string): string[] =>
  line
    .replaceAll(/没有(?=[到来签参])/gu, '没')
    .replace(cameFirst, '到：')
    .replaceAll(toldLabel, '\n$<away>$<here>：')
    .split('\n')
    .filter(part => part !== '')

const partWords =
  '应到|列席|记录|主持|[实已]到|到[场会]|到(?=\\s*[:：]\\s*\\p{Script=Han})|参会|出席|出勤|已?签到|参加|迟到|早退|线[上下]|现场|' +
  '请假|[事病公]假|公差|出差|[未没]到|没来|缺[席勤课]?|旷课|其[他余]|[未没]签到?|[未没]参加'
/** Another part of a list in the same line: 「到会：甘棠 缺席：郑风」. */
export const partWithin = new RegExp(
  `(?<=[^\\s，,;；。])[\\s，,;；。]+(?=(?:${partWords})(?:人员|名单|同志)?\\s*(?:[(（]\\s*\\d+\\s*[人位名]?\\s*[)）]|\\d+\\s*[人位名]?)?\\s*(?:(?<!\\d)[:：]|[:：](?!\\d)))`,
  'gu',
)
