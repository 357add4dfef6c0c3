import { memoize } from '../../lib/memoize.ts'
import { fold } from '../fold.ts'
import type { OwnMatter } from './own-matter-sentences.ts'
import { nearOwnMatterOf, ownMatterOf } from './own-matters.ts'
import { type QuestionMatter, questionMatterOf } from './question-matters.ts'
import { type SmallTalk, smallTalkOf } from './small-talk.ts'

/** Topic of a message without a policy question. */
export type Aside = SmallTalk | QuestionMatter | OwnMatter

/** Stickers as the platform writes them, 「[微笑][捂脸]」, and emoji. */
const stickers = /^(?:\s|\[[^\]\s]{1,6}\]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\u200D)+$/u

const marksBehindSticker = /(?<=[\]\p{Extended_Pictographic}])[,，。.!！~～]+/gu

/** Longer sentences are judged as policy questions. */
const longestAside = 40
/** Stickers and what is unseen make a short sentence longer; what is longer still is not even folded. */
const longestWritten = 400

/** Words of the knowledge base: a sentence with one of them is a policy question. */
const policyWords =
  /补贴|补助|奖励|奖补|资助|资金|扣除|税|(?<!收)费|贷|社保|医保|公积金|工伤|失业|工资|劳动|合同|高企|国高|省高|科小|小巨人|专精特新|申报|申请|认定|备案|入库|专利|商标|营业执照|注销|执照|公司法|政策|通知书|课题|孵化|人才|项目|扣|减免|职称|学历|培训券|创新券|证书/u

/**
 * Words of running a company beside which 「迟到」, 「打卡」 or 「活动」 is no matter of a lesson: 「员工旷课三天能辞退吗」,
 * 「活动取消了发票怎么办」.
 */
const companyWords =
  /员工|职工|工时|罚款|罚钱|扣钱|辞退|开除|解雇|合法|违法|劳务|报酬|发票|入账|列支|开支|审计|报备|采购|机构|变更|(?:保存|留存)(?:几|多少|多久)/u

/** 「机器人，你是谁」, 「那你能做什么」. */
const addressed = /^(?:那么?|还有|另外|机器人|小助手|小创)[，,\s]*(?=[你您]|在[吗么不]|早|再说|讲个|闭嘴|滚)/u

/** The words of the knowledge base in a text, each once: what it is about, as far as that is said. */
export function policyWordsIn(text: string): string[] {
  return [...new Set(fold(text).match(new RegExp(policyWords, 'gu')) ?? [])]
}

/**
 * Tells small talk and questions about the bot, lessons, instructors and one's own tickets from policy questions.
 * @returns undefined for what may be a policy question
 */
export const asideOf = memoize(judgeAside, { most: 200, longest: 200 })

function judgeAside(text: string): Aside | undefined {
  if (text.length > longestWritten) return undefined
  if (stickers.test(text.replaceAll(marksBehindSticker, ''))) return 'laughter'
  const folded = fold(text).trim().replace(addressed, '')
  if (folded === '' || [...folded].length > longestAside) return undefined
  const small = smallTalkOf(folded) ?? smallTalkInPieces(folded)
  if (small) return small
  if (companyWords.test(folded)) return undefined
  const compact = folded.replace(/\s+/gu, '')
  const own = ownMatterOf(compact)
  if (own) return own
  if (policyWords.test(folded)) return undefined
  return questionMatterOf(folded) ?? nearOwnMatterOf(compact)
}

/**
 * Small talk in several lines or clauses, 「哈哈，在吗」: the wish for a person counts, else a complaint, 「没听懂，谢谢」, else
 * the last with a meaning.
 */
function smallTalkInPieces(folded: string): SmallTalk | undefined {
  const pieces = folded.split(/[\s,，。.!！?？~～、;；]+/u).filter(piece => piece !== '')
  const all = pieces.map(piece =>
    stickers.test(piece) ? 'laughter' : smallTalkOf(piece.replace(addressed, '')),
  )
  if (!all.every(one => one !== undefined)) return undefined
  const isTelling = (one: SmallTalk) => one !== 'laughter' && one !== 'greeting'
  const first = (['person', 'complaint'] as const).find(topic => all.includes(topic))
  return first ?? all.findLast(isTelling) ?? all.at(-1)
}

/** Greetings and thanks, which say nothing beside what a message asks for. */
const greeting =
  '(?:(?:各位|大家|同志们?|朋友们?|(?!们)\\p{Script=Han}?老师们?|书记|领导|主任)*(?:早上|上午|中午|下午|晚上|早|晚|您|你)?好|早安)(?:呀|啊)?'
const courtesy = new RegExp(
  `^(?:${greeting}|老师|领导|书记|各位|早|嗨|hi|hello|哈喽|收到|好的?|好(?:呀|嘞|哒)|ok|嗯+|在的?|谢谢.{0,6}|多谢|感谢.{0,6}|辛苦.{0,4}|抱歉|不好意思|麻烦(?:了|您了?))$`,
  'u',
)
const greetingBefore = new RegExp(`^(?:${greeting}|ok|嗯+|收到|好的)(?=.)`, 'u')

/** Folded clauses without marks and without greetings; what is nothing but greetings stays whole. */
export function clausesOf(text: string): string[] {
  const folded = fold(text.replaceAll(/[+＋]1(?!\d)/gu, ''))
  const all = folded.split(/[\p{P}\p{S}\s]+/u).filter(one => one !== '')
  const kept = all.filter(one => !courtesy.test(one)).map(one => one.replace(greetingBefore, ''))
  return kept.length > 0 ? kept : all
}
