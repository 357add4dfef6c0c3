import { nameIn, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'
import type { PastedEntry } from './pasted-list.ts'

/** Cells of a table and words over a list that are no names. */
export const notNames =
  /^(?:序号|编号|姓名|名字|单位|支部|空间|团队|公司|电话|手机|手机号|联系方式|备注|说明|附注|签到|签[名字]|时间|签到时间|日期|职务|性别|是否到场|状态|出勤|情况|班组|部门|名单|无|[-—:]+|例.*|\d[\d\s:：./年月日-]*|1[3-9]\d{9})$/u
const nameTitle = /^(?:姓名|名字|成员|参会人员|人员)$/u
/** Words of a form before the title of its column: 「1. 请填写您的姓名」, 「参会人姓名」. */
const titleLead =
  String.raw`(?:[Qq]?\d{1,2}\s*[.、．]\s*)?(?:请?(?:填写|输入|选择))?(?:您|你)?的?(?:真实|本人)?` +
  '(?:参会人员?|参加人员?|参与人|报名人|填写人|学员|党员|员工|职工|人员|嘉宾)?(?=姓名|名字|是否|能否|签到|状态|参加)'
/** Words of a form behind it: 「（必填）」, 「本次活动」. */
const titleEnd = String.raw`\s*[（(【[][^（）()]{0,12}[)）】\]]\s*$|(?:本次|这次|此次)?(?:活动|会议|课程|培训|微党课)$|[:：?？*＊\s]+$`
const titleFrame = new RegExp(`^${titleLead}|${titleEnd}`, 'gu')
export const plainTitle = (cell: string) => cell.replaceAll(titleFrame, '').replaceAll(titleFrame, '')

export const emptyCell = /^[-—–/／\s]*$/u

export const speaksAgainst = (cell: string) =>
  !emptyCell.test(cell) && (statusIn(` ${cell}`, 'here') !== 'here' || standIn.test(cell))
const standIn = /^[代替帮]\p{Script=Han}{2,4}/u

export const isName = (cell: string) => nameTitle.test(plainTitle(cell))

/** Words of the last rows of a table, which count its people. */
const totalTitle = /^(?:[小合总共]计|[应实]到|人数)(?:人数)?$/u

type Tell = (cells: readonly string[], name: string) => PastedStatus

const placeTitle = /单位|公司|企业|支部|空间|团队|班组|部门/u

/** The people of rows, each with the status that the cells tell. */
export function peopleOf(rows: readonly string[][], titles: readonly string[], tell: Tell): PastedEntry[] {
  const nameAt = titles.findIndex(isName)
  const placeAt = titles.findIndex(title => placeTitle.test(title))
  return rows.flatMap(cells => {
    const named = nameIn(cells[nameAt] ?? '')
    const isPerson = named.name !== '' && !notNames.test(named.name) && !totalTitle.test(named.name)
    const place = cells[placeAt] ?? ''
    return isPerson ? [{ ...named, ...(place === '' ? {} : { place }), status: tell(cells, named.name) }] : []
  })
}

/** Month and day of the lesson that a list is about. */
export type ListDay = { month: number; day: number }

/** 「12.5 14:30」, 「12月5日（周六）」, 「第三次」. */
const lessonTitle =
  /^(?:(?:\d{4}\s*[年./-]\s*)?(?<month>\d{1,2})\s*[月./-]\s*(?<date>\d{1,2})\s*[日号]?|第[一二三四五六七八九十\d]{1,3}[次节课回讲])\s*(?:[（(]?(?:周|星期)[一二三四五六日天][)）]?)?\s*(?:\d{1,2}[:：]\d{2})?$/u

/** A table with one column for each lesson. */
export function readLessons(rows: readonly string[][], day: ListDay | undefined): PastedEntry[] | undefined {
  const at = rows.findIndex(
    cells => cells.filter(isName).length === 1 && cells.some(cell => lessonTitle.test(cell)),
  )
  if (at < 0) return undefined
  const titles = rows[at] ?? []
  const nameAt = titles.findIndex(isName)
  const lessons = titles.flatMap((title, column) => {
    const said = lessonTitle.exec(title)
    const { month, date } = said?.groups ?? {}
    const isOfDay = day !== undefined && Number(month) === day.month && Number(date) === day.day
    // A lesson that is still to come has no marks.
    const isHeld = isOfDay || rows.slice(at + 1).some(cells => !emptyCell.test(cells[column] ?? ''))
    return said && isHeld ? [{ column, isOfDay }] : []
  })
  const ofDay = lessons.filter(({ isOfDay }) => isOfDay)
  const read = ofDay.length === 1 ? ofDay : lessons
  return peopleOf(rows.slice(at + 1), titles, cells => {
    const [status = 'unclear', ...others] = new Set(
      read.map(({ column }) => statusOfCell(cells[column] ?? '')),
    )
    const remarks = cells.filter((_, at) => at > nameAt && lessons.every(({ column }) => column !== at))
    return others.length > 0 || (status === 'here' && remarks.some(speaksAgainst)) ? 'unclear' : status
  })
}
