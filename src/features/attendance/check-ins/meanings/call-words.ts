import { act } from './own-words.ts'

/** Words of organizers who call, and of makers who ask. */
const callers = '大家|各位|请|记得|开始|截止|结束|提醒|通知|组织'
const questions = '怎么|怎样|如何|几点|什么|谁|哪'
const urging = '可以|赶紧|赶快|快|马上|需要|必须|抓紧|帮忙'
const refusing = '还没|没|忘|不用|不能|没法|无法|要|再|补|重新|继续|已经'
const occasions = '今天|今日|明天|现在|这次|下次|扫码|课上|群里|在线|线上|现场|人员|全部|都'
/** Characters of things: 「签到表」, 「报到证」. */
const things = '怎什几哪谁办证表码签册课奖礼率'
const endings = '大家|时间|码|表|情况|名单|方式|地点|提醒|系统|吗|么|呢|处|人|簿'
const noName = new RegExp(
  `^(?:${[callers, questions, urging, refusing, occasions].join('|')})|[${things}]|(?:${endings})$`,
  'u',
)

/** Whether the word beside a sign-in is of a call or a question and no name. */
export const isNoName = (word: string): boolean => noName.test(word)

const askedOf =
  '麻烦|安排|时间|情况|名单|统计|方式|地点|系统|功能|课程|链接|扫|卡机|卡圣?地|卡点|人员|人数|举个?手|全部|都'
const asked = '怎|如何|几|什么|哪|谁|多少|是否|能不能|呢|么'
const days = '今天|今日|明天|下次|每次|现在'
const urged = '可以|赶紧|抓紧|不用|不要|需要|必须|别'
const call = new RegExp(`${[callers, askedOf, asked, days, urged].join('|')}|[表簿册码处办证他她率奖]`, 'u')

/** Whether words call to sign in, ask about it or speak of a thing for it: 「大家记得签到」, 「签到码」. */
export const isCall = (words: string): boolean => call.test(words)

const urgingAhead =
  '请(?!假)|可以|开始|赶紧|抓紧|赶快|尽快|快点?|记得|麻烦|务必|需要|必须|应该|提醒|通知|别|不要|勿'
const urgingBehind = '吧|抓紧|赶紧|赶快|尽快'
/** 「各位老师，请签到」 calls others to sign in; 「各位老师，签到」 is the speaker's own sign-in. */
const callWord = new RegExp(
  `^(?!.*(?:我|俺|本人)).*(?:(?:${urgingAhead})[^\\p{P}]{0,6}${act}|${act}.{0,4}(?:${urgingBehind}))`,
  'u',
)
const bareCall = new RegExp(`^${act}{1,8}(?:哈|哦|噢|呀|嘞|一下|谢谢)*[\\p{P}\\p{S}\\s]*$`, 'u')

/**
 * Whether the words behind an address call those who are spoken to.
 * @param isClear a mark or a greeting parts the two: the word alone may then be the speaker's own
 */
export const isCallTo = (words: string, isClear: boolean): boolean =>
  callWord.test(words) || (!isClear && bareCall.test(words))

const asksAll =
  /谁(?!知道|能|帮)|(?:大家|各位)(?!.{0,3}好)|都|齐|你(?!好)|[他她]|(?<!本)人|[哪几]位|哪些|几个|[到来签上假]的|的[也都还]/u
const asksSome =
  /[到来]了(?:多少|几)|(?<![迟晚])(?:签到?|[到来]|打卡|报到)(?:了|没有?)+吗?[呀啊]?[?？]*$|[没未不](?:[到来]|签(?![上成])|打卡|报到)|^(?!.*[几哪怎什我]).{1,4}呢/u
const ofSelf = /我(?!们)|俺|本人|可以|能|开始/u

/** Whether a question asks who is there or who signed in: 「还有谁没到？」, 「都到了吗」; the word beside it is then a call. */
export const isAskedOfOthers = (question: string): boolean =>
  asksAll.test(question) || (asksSome.test(question) && !ofSelf.test(question))
