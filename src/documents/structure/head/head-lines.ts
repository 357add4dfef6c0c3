import { alternation } from '../../../text/alternation.ts'
import { foldCharacters } from '../../../text/characters.ts'
import { normalNumber } from '../../../text/notices/document-number.ts'
import { dayBehind, firstDay, lastDay, withoutDay } from '../dates.ts'
import { numberIn } from '../number-line.ts'
import { officeActing, officesIn } from '../offices.ts'

/** 「知识库 / 安全规程 / 激光切割机」, the path of a page. */
const path = /^\S{2,14}(?:\s+[-/—>›»]\s+\S{2,20}){2,}$/u
export const isPath = (folded: string): boolean => path.test(folded)

/** Numbers of standards, secrecy, urgency and who signs. */
const fileMarks = alternation([
  /\d{6}/u,
  /I\s?C\s?S\s[\d.]+(?:\s+C\s?C\s?S\s[A-Z]\s?\d+)?/u,
  /C\s?C\s?S\s[A-Z]\s?\d+/u,
  /(?:绝密|机密|秘密)?(?:[★☆*].*)?/u,
  /特急/u,
  /加急/u,
  /急件/u,
  /平急/u,
  /(?:国家|行业|地方|团体|企业|.{2,8}地方)标准/u,
  /等级.*/u,
  /(?:签发人|会签人|签批盖章|密级|份号|缓急程度|紧急程度).*/u,
  /(?:[^，。]{0,12}(?:长|主任|书记|主席|经理|秘书长)) \S{2,4}/u,
])
/** Buttons of a web page, and where in the site it stands. */
const buttons = alternation([
  /打印/u,
  /关闭/u,
  /分享.*/u,
  /字[号体].*/u,
  /【?[大中小](?:[\s|、]*[大中小])*】?/u,
  /首页.*/u,
  /当前位置.*/u,
  /您(?:当前|现在)?的?位置.*/u,
  /返回.*/u,
  /扫一扫.*/u,
  /(?:浏览|点击|阅读|访问)(?:次数|量|数|(?=\s*:)).*/u,
  /无障碍.*/u,
  /欢迎访问.*/u,
  /今天是.*/u,
])
/** The bulletin or the site that it stands in. */
const siteNames = alternation([
  /.{2,20}(?:公报|政报|简报)\s*\d{4}年第\d{1,3}期.*/u,
  /.{2,30}(?:门户网站|官方网站|网站群)/u,
])
/** Invitations to log in and to follow, links to what belongs to it, and rules. */
const linksAround = alternation([
  /登录.*/u,
  /(?:点击|长按|扫码).{0,12}(?:蓝字|关注|订阅).*/u,
  /(?:(?:政策|文件|相关|文字|图片|视频)?(?:原文|解读|图解|正文|附件|问答|(?:申报|办事|服务)?(?:指南|匹配|流程|材料|下载)|申报(?:事项)?)(?:\s+|$)){2,}/u,
  /(?:政策|文件|通知|信息)?(?:正文|原文)/u,
  /打印(?:日期|时间).*/u,
  /(?:原标题|摘要|核心提示|导读)\s*:.*/u,
  /[-—\s|>»/★☆─━═_=·]+/u,
])

/** Furniture of the page, and lines of the head that tell none of its fields. */
export const furniture = new RegExp(
  `^(?:${alternation([fileMarks, buttons, siteNames, linksAround]).source})$`,
  'u',
)

const tool =
  /点击|浏览|阅读|访问|来源|作者|编辑|打印|关闭|收藏|分享|字[体号]|大 中 小|\d{4}-\d{1,2}-\d{1,2}/gu

/** 「[ 2026-03-02 ] 点击：102次 作者：办公室 打印 关闭」 above the text of a web page. */
export const isToolLine = (folded: string): boolean =>
  folded.length <= 100 && !/[。,;《]/u.test(folded) && (folded.match(tool) ?? []).length > 2

const pageWord = /\d{1,2}:\d{2}|发[表布][于者]|(?:查看|阅读|浏览|点击|评论|人气|分享|收藏|打印)/u
/** In characters. */
const longestByline = 60

/**
 * The day of 「原创 小溪 2026年8月14日 17:30」 and 「发表于 2026-08-14 | 查看: 35」, which a page of the web says without
 * a label beside its title. @returns ISO 8601
 */
export function publishedIn(text: string): string | undefined {
  const folded = foldCharacters(text).trim()
  const isByline =
    folded.length <= longestByline &&
    !/[。;《]|打印(?:日期|时间)|今[天日]|星期/u.test(folded) &&
    (pageWord.test(folded) || dayAndName.test(folded))
  return isByline ? firstDay(folded) : undefined
}
/** 「2026-11-02 | 园区运营部」. */
const dayAndName = /^\d{4}-\d{1,2}-\d{1,2}\s*\|\s*\S{2,20}$/u

/** 「（已废止）」, which a page of the web says above a document. */
export const repealed =
  /^[[【(（]?\s*(?:已|此件已|本文件已|该文件已)?(?:废止|失效)\s*[\]】)）]?$|(?:此件|本文件|该文件)已(?:于.{0,16})?(?:废止|失效)/u

export const caption =
  /^[（(].*\d{1,2}\s*月.*(?:发布|印发|公布|公告|通过|修订|修正|起施行|批准|令|号).*[）)]$/u

/** 「（2026年3月5日）」 below the title of a speech. */
export const dayInBrackets = /^\(\s*(?:\d{4}|[二〇零一九]{4})\s*年.{2,12}日\s*\)$/u
/** 「（2026年7月10日在支部党员大会上）」, 「（2025年3月1日经理事会审议通过）」. */
export const dayAndOccasion =
  /^\(\s*(?:\d{4}|[二〇零一九]{4})\s*年[^()]{2,12}日\s*(?:在|于|经)[^()]{2,60}\)$/u
/** 「2026-04-10发布 2026-05-01实施」. */
export const datedStandard = /^\d{4}\s*[-年.]\s*\d{1,2}\s*[-月.]\s*\d{1,2}\s*日?\s*发布/u

/** 「项目编号：RHCG-2026-0309」. */
export const coded = /^\p{Script=Han}{2,8}\s*:\s*[A-Za-z\d][\w\s/.-]*$/u

/** 「2026年6月」 on the cover of a plan, which tells no day. */
export const monthAlone =
  /^(?:\d{4}|[二〇零一九]{4})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:编|修订)?$/u

/** The day of an amendment is that of the text; else that of its publication, else the first. */
export function dayOfCaption(text: string): string | undefined {
  const amended = [...text.matchAll(/[^，；;]*?日[^，；;]*?(?:修正|修订)/gu)].at(-1)?.[0]
  const published = /[^\s　，；;]*(?:公布|发布|印发)/u.exec(text)?.[0]
  return lastDay(amended ?? '') ?? firstDay(published ?? '') ?? firstDay(text)
}

/** 「某某市人民政府」 and 「令第33号」 of 「（2026年2月11日某某市人民政府令第33号公布）」. */
function orderIn(text: string): { office: string; number: string } | undefined {
  const [, office, number] =
    /日\s*(\p{Script=Han}{4,30}?)((?:令|公告)\s*(?:\d{4}\s*年\s*)?第\s*[\d一二三四五六七八九十百]{1,5}\s*号)/u.exec(
      foldCharacters(text),
    ) ?? []
  return office && number && officesIn(office).length > 0 ? { office, number } : undefined
}

/** 「榕科〔2026〕12号」 of 「（榕科〔2026〕12号，2026年3月2日印发）」. */
export function numberOfCaption(text: string): string | undefined {
  const order = orderIn(text)
  if (order) return normalNumber(`${order.office}${order.number}`)
  const found = foldCharacters(text)
    .replaceAll(/^\s*\(|\)\s*$/gu, '')
    .split(/[\s,;]+/u)
    .find(piece => numberIn(piece) !== undefined && /^\p{Script=Han}/u.test(piece))
  return (found && normalNumber(found)) ?? numberBesideDay(text)
}

/** The number of 「（榕科〔2026〕12 号　2026 年 3 月 2 日）」, which says nothing else. */
export function numberBesideDay(text: string): string | undefined {
  const inside = /^\((.+)\)$/u.exec(foldCharacters(text).trim())?.[1] ?? ''
  const number = firstDay(inside) && numberIn(withoutDay(inside).replaceAll(/^[\s,;]+|[\s,;]+$/gu, ''))
  return number && normalNumber(number)
}

/** The offices that passed or issued a text, or those between its day and its number. */
export function officesOfCaption(text: string): string[] {
  const acting = officeActing(text)
  if (acting.length > 0) return acting
  const order = orderIn(text)
  if (order) return officesIn(order.office)
  const pieces = foldCharacters(text)
    .replaceAll(/^\s*\(|\)\s*$/gu, '')
    .split(/[\s,;]+/u)
  return pieces.flatMap(piece => officesIn(piece.replace(/\d{4}年.{2,6}日(?:印发|发布|公布)$/u, '')))
}

/** 「某某市人民政府办公厅 2025年4月22日」 below the number of minutes. */
export function officeAndDay(text: string): { office: string; day: string } | undefined {
  const found = dayBehind(text.replace(' | ', ' '))
  return found && officesIn(found.before).length > 0 ? { office: found.before, day: found.day } : undefined
}

/** An amount or a deadline in a line that is no field, which may be quoted. */
export const grants =
  /[\d一二三四五六七八九十百千]\s*(?:[万亿千百]?元|[万亿%％])|截[止至]|[\d一二三四五六七八九十]日(?:之?前|以前)/u
