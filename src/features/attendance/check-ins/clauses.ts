import { fold } from '../../../text/fold.ts'

/** A greeting or thanks beside the word says nothing about attendance. */
const greeting =
  '(?:(?:各位|大家|同志们?|朋友们?|\\p{Script=Han}?老师们?|书记|领导|主任)*(?:早上|上午|中午|下午|晚上|早|晚|您|你)?好|早安)(?:呀|啊)?'
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
