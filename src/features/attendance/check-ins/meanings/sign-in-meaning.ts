import { clausesOf } from '../../../../text/asides/asides.ts'
import { fold } from '../../../../text/fold.ts'
import { familyNames } from '../../../../text/names/family-names.ts'
import { addressOf, isAddress } from './address.ts'
import {
  type AsideMeaning,
  asideIn,
  besideSelf,
  excuseIn,
  isOwnLeaveIn,
  isOwnTrouble,
  namesNotSigned,
  particle,
  word,
} from './aside-meaning.ts'
import { isAskedOfOthers, isCall, isCallTo, isNoName } from './call-words.ts'
import {
  act,
  isAtPlace,
  isEnglishSelf,
  isForNamed,
  isHere,
  isOpenAnswer,
  isSelf,
  justCame,
  particles,
  sentencesOf,
  withoutStrayLetter,
} from './own-words.ts'
import { isHarmlessTalk } from './talk-beside.ts'
import { codeAlone, codeAnywhere, codeBesideName, withPlainDigits } from './typed-codes.ts'

/** Meaning of a group message for attendance while a lesson's window is open. */
export type SignInMeaning =
  | { kind: 'self'; code?: string }
  /** Four digits alone: a code, where the lesson asks for one. */
  | { kind: 'digits'; code: string }
  /**
   * A name beside the word, or beside a code, where the lesson asks for one: a person cannot sign in for another.
   * `isVague`: told of another, 「小王没签到」; in a group it counts only where it mentions the bot.
   */
  | { kind: 'other'; code?: string; isVague?: true }
  | AsideMeaning
  /** Words that only look like attendance. */
  | { kind: 'unclear' }

const longest = 40
const signWord = /签到|报到|签个到|签下到|补签/u
const nowSigned = new RegExp(`^(?:现在|刚刚?|才)${act}${particle}*$`, 'u')
const ownWord = /了|成功|完成|完毕|已|来/u
const sureOwnWord = /我|俺|本人|已|成功|完成|完毕/u
const someAct = new RegExp(act, 'u')
const soonWord = /现在|今[天日晚]|可以/gu
/** A teacher or an official who is spoken to: 「张老师，签到」. */
const addressed =
  /^(?:各位|(?!到|签到|打卡)\p{Script=Han}{1,2})?(?:老师|书记|主任|领导|组长|班长)们?(?:好|早|辛苦了?)?$|^报告$/u
/** A raised hand or a tick alone. */
const raisedHand = /^(?:[✅☑✔🙋✋🖐🤚]|\[举手\]|[\u200d\ufe0f♀♂\s]|\p{Emoji_Modifier})+$/u
const forOther = new RegExp(
  `^(?:我)?(?:帮|替|代|是)?(?<name>[\\p{Script=Han}·]{2,6})(?:${word}${particles}|已到)$`,
  'u',
)
/** 「刘凯到」, 「张三已签」: only the roster tells a name from goods, trains and contracts. */
const signed = /^(?:已经|已|刚|也|都)*签(?:好|完|过|上)?(?:了|啦)?$/u
/** 「甘棠和」 before 「张三来了」. */
const nameBefore = /^\p{Script=Han}{2,4}[和跟与]/u
const nameLengths = [2, 3, 4]
const nameBehind = new RegExp(`^(?:帮|替|代)?${word}(?<name>[\\p{Script=Han}·]{2,3})$`, 'u')
const nameClause = /^(?:(?:帮|替|代)\p{Script=Han}{1,4}|(?!我)[\p{Script=Han}·]{2,4})$/u
/** 「签到墙好看」 is about a thing; 「签到 台江」 is not. */
const signInThing = new RegExp(`${word}(?:[墙板牌屏笔桌礼]|台(?!江)|背景)`, 'u')
const plainWord = new RegExp(`${word}|补签|代签|^(?:我)?(?:已|已经)?签[好完]?了?$|\\d{4}签$|帮我签`, 'u')
const mentionsLeave = /请(?:个|一天|半天)?假(?:了|一下)?$/u

/**
 * Reads what plainly means to sign in: 「打卡」「我到了」「老师好，已签到」「2890 签到」「签到👍」; and what is said in
 * its place: 「今天来不了」「晚到十分钟」. What only looks like attendance is `unclear`.
 * @param isMember whether a word is a member's name; {@link mayBeName} where the members are not at hand
 * @param isPlace whether a word is a place of the sender or of the lesson, 「到优空间了」. Default: none is
 * @returns undefined for what does not look like attendance
 */
export function signInMeaning(
  given: string,
  isMember: IsWord,
  isPlace: IsWord = () => false,
): SignInMeaning | undefined {
  if (given.length > longest || /^帮助|没有?[\p{P}\s]*$/u.test(given)) return undefined
  if (/[?？吗]/u.test(given)) return besideQuestion(given, isMember, isPlace)
  if (raisedHand.test(given.trim())) return { kind: 'unclear' }
  const text = withPlainDigits(given)
  const address = addressOf(fold(text))
  const meaning =
    address && isAboutSignIn(address)
      ? besideAddress(address, isMember)
      : meaningOf(withoutAddress(clausesOf(text)), isMember, isPlace)
  return meaning?.kind === 'back' && mayComfort(text) ? undefined : meaning
}

const question = /[^，,。!！;；\s?？]*(?:[?？]|吗)+/gu

/** 「人到齐了没？我坐好了，签到」, 「没签上，系统没反应？」: what is said beside a question, where it is plain. */
function besideQuestion(given: string, isMember: IsWord, isPlace: IsWord): SignInMeaning | undefined {
  const rest = given.replaceAll(question, '').replace(/^[，,\s]+/u, '')
  const isCalling =
    !/(?:我(?!们)|俺|本人|已|成功|完成)/u.test(rest) && given.match(question)?.some(isAskedOfOthers)
  const meaning =
    /我|签到|报到/u.test(rest) && !isCalling ? signInMeaning(rest, isMember, isPlace) : undefined
  if (meaning?.kind === 'self') return meaning
  return !given.includes('吗') && isOwnTrouble(clausesOf(given)) ? { kind: 'trouble' } : undefined
}

/** 「好的，不用请假」 is an answer to another person; 「我不用请假了」 and 「不用请假了」 are about oneself. */
const mayComfort = (text: string) => /不用/u.test(text) && !/我|本人|^不用(?:再)?请假\P{L}*$|假了/u.test(text)

type IsWord = (word: string) => boolean

function meaningOf(given: readonly string[], isMember: IsWord, isPlace: IsWord): SignInMeaning | undefined {
  const clauses = given.flatMap(one => sentencesOf(withoutStrayLetter(one)))
  const said = clauses.join('')
  if (said === '') return undefined
  const code = codeAlone(said)
  if (code !== undefined) return { kind: 'digits', code }
  return (
    ownSignIn(clauses, isPlace) ??
    absenceBeside(clauses) ??
    (namesNotSigned(clauses).some(isMember) ? { kind: 'other', isVague: true } : undefined) ??
    excuseIn(clauses) ??
    asideIn(clauses) ??
    forAnother(clauses, isMember) ??
    codeOf(codeBesideName(said, isMember)) ??
    unclear(clauses) ??
    (isAtPlace(clauses, isPlace) ? { kind: 'self' } : undefined)
  )
}

/** Whether a word begins with a family name, or is a name as of a friend: 「小美」. */
export const mayBeName = (word: string): boolean =>
  familyNames.has(word.charAt(0)) || familyNames.has(word.slice(0, 2)) || /^[小阿]\p{Script=Han}$/u.test(word)

/** Stands for the places where they are not at hand. */
export const mayBePlace = (): boolean => true

type Address = NonNullable<ReturnType<typeof addressOf>>

/** 「各位老师到了」 tells of the teachers. */
const isAboutSignIn = ({ rest, isApart, isGreeted }: Address) =>
  someAct.test(rest) || ((isApart || isGreeted) && withoutAddress(clausesOf(rest)).some(isSelf))

/** A call signs no one in; what may be the speaker's own sign-in is never passed over. */
function besideAddress(
  { rest, isApart, isGreeted, isCrowd }: Address,
  isMember: IsWord,
): SignInMeaning | undefined {
  const isClear = isApart || isGreeted
  if (isCallTo(rest, isClear)) return undefined
  const clauses = withoutAddress(clausesOf(rest))
  const meaning = meaningOf(clauses, isMember, () => false)
  const isOwn = isCrowd
    ? isGreeted || /^(?:我|俺|本人)/u.test(rest) || (isApart && sureOwnWord.test(rest))
    : isClear || ownWord.test(rest) || sureOwnWord.test(rest) || /\d{4}/u.test(rest)
  if (meaning) return meaning.kind === 'self' && !isOwn ? { kind: 'unclear' } : meaning
  return unclear(clauses.map(one => one.replaceAll(soonWord, '')))
}

function ownSignIn(clauses: readonly string[], isPlace: IsWord): SignInMeaning | undefined {
  const said = clauses.join('')
  if (isSelf(said) || isEnglishSelf(said)) return { kind: 'self' }
  const found = codeAnywhere.exec(said)
  const rest = found ? said.slice(0, found.index) + said.slice(found.index + found[0].length) : undefined
  const isSigned = rest !== undefined && (rest === '' || isSelf(rest))
  if (isSigned && found?.groups?.code) return { kind: 'self', code: found.groups.code }
  if (clauses.every(isSelf)) return { kind: 'self' }
  const [told, others] = [clauses.filter(isToldSelf), clauses.filter(one => !isToldSelf(one))]
  const isAlone = others.length > 0 && others.every(one => besideSelf.test(one))
  const isThere = others.length > 0 && others.every(one => justCame.test(one))
  if (told.length > 0 && ((isAlone && !told.every(isHere)) || isThere)) return { kind: 'self' }
  const isPlain = told.some(one => signWord.test(one)) && isHarmlessTalk(others, isPlace)
  if (isPlain && others.length > 0) return { kind: 'self' }
  // Digits of several clauses that make four together are no code.
  const code = clauses.map(one => codeAnywhere.exec(one)?.groups?.code).find(one => one !== undefined)
  if (code === undefined) return undefined
  const uncoded = clauses.map(one => one.replace(codeAnywhere, '')).filter(one => one !== '')
  if (ownSignIn(uncoded, isPlace)) return { kind: 'self', code }
  return isHarmlessTalk(uncoded, isPlace) ? { kind: 'digits', code } : undefined
}

/** 「还在路上，签到」, 「来不了，签到」: the word counts for a person who is there. */
function absenceBeside(clauses: readonly string[]): SignInMeaning | undefined {
  const others = clauses.filter(one => !isToldSelf(one))
  if (others.length === 0 || others.length === clauses.length) return undefined
  const meaning = asideIn(others)
  return meaning?.kind === 'late' || meaning?.kind === 'leave' ? { kind: meaning.kind } : undefined
}

const isToldSelf = (said: string) => isSelf(said) || nowSigned.test(said)

/** Without who is spoken to, where more is said. */
function withoutAddress(clauses: readonly string[]): readonly string[] {
  const rest = clauses
    .filter(one => !addressed.test(one) && !isAddress(one))
    .map(one =>
      one.replace(
        /^(?:各位老师|各位|老师)(?=我|已|签|打卡|报到|请假(?!了))|(?<=[到了啦咯喽])(?:哈|啊|呀)?(?:老师|各位(?:老师)?)$/gu,
        '',
      ),
    )
  return rest.length > 0 ? rest : clauses
}

/** Whether a text says that its sender does not come, and none of its clauses may be about another person. */
export const isOwnLeave = (text: string): boolean => {
  const clauses = withoutAddress(clausesOf(text))
  return clauses.length > 0 && isOwnLeaveIn(clauses)
}

const codeOf = (code: string | undefined): SignInMeaning | undefined =>
  code === undefined ? undefined : { kind: 'other', code }

function forAnother(clauses: readonly string[], isMember: IsWord): SignInMeaning | undefined {
  const said = clauses.join('')
  if (clauses.some(isForNamed)) return { kind: 'other' }
  const name = (forOther.exec(said) ?? nameBehind.exec(said))?.groups?.name
  if (name !== undefined && !isNoName(name)) return mayBeName(name) ? { kind: 'other' } : unclear(clauses)
  if ([clauses.at(-1) ?? '', clauses.slice(-2).join('')].some(one => isOfMember(one, isMember)))
    return { kind: 'other' }
  const others = clauses.filter(one => !isSelf(one))
  const isNamed = (one: string) =>
    nameClause.test(one) && (isMember(one) || mayBeName(one.replace(/^[帮替代]/u, '')))
  const isBeside = others.length < clauses.length && others.every(isNamed)
  return isBeside && !others.some(isNoName) ? { kind: 'other' } : undefined
}

/** 「张三来了」, 「张三已签」: the name of a member, and then the words of a person who came. */
function isOfMember(clause: string, isMember: IsWord): boolean {
  const named = clause.replace(nameBefore, '').replace(/^(?:我是?|本人)(?=\p{Script=Han}{3})/u, '')
  return nameLengths.some(length => {
    const [name, rest] = [named.slice(0, length), named.slice(length).replace(/^[也都]/u, '')]
    return (isSelf(rest) || signed.test(rest)) && isMember(name)
  })
}

function unclear(clauses: readonly string[]): SignInMeaning | undefined {
  const said = clauses.join('')
  if (isOpenAnswer(said)) return { kind: 'unclear' }
  const isBeside = clauses.length > 1 && clauses.some(one => isToldSelf(one) && signWord.test(one))
  const plain = isBeside ? said.replaceAll(soonWord, '').replaceAll(/明天|下次/gu, '') : said
  if (isCall(plain.replace(mentionsLeave, '')) || signInThing.test(said)) return undefined
  if (mentionsLeave.test(said)) return { kind: 'leave' }
  return plainWord.test(said) || clauses.some(isSelf) ? { kind: 'unclear' } : undefined
}
