import type { RosterMember } from '../ports/roster.ts'
import { instantOf, sayFullTime } from '../text/dates/time.ts'
import type { FormAnswer, FormRecord } from './form.ts'

/** Columns with the names that an office's own sheet may give them, ours first; a row for each answer. */
export type FormTable = { columns: { names: string[] }[]; rows: (string | number)[][] }

export const answerStates: Record<FormAnswer['state'], string> = {
  in: '已报名',
  waiting: '候补',
  offered: '有空位，等确认',
  proxy: '代报，等本人确认',
  out: '已退出',
}

/** The answers as a table: those with a place first, then the queue; who signed off is left out. */
export function tableOf(record: FormRecord, members: readonly RosterMember[]): FormTable {
  const { form } = record
  const known = new Map(members.map(one => [one.id, one]))
  const columns = [
    { names: ['姓名', '名字', '参加人', '参会人', '报名人', '人员姓名'] },
    { names: ['众创空间', '空间', '所在空间', '所在众创空间', '所属空间', '所属众创空间', '孵化器'] },
    { names: ['支部', '党支部', '所在支部', '所属支部', '所属党支部'] },
    { names: ['团队', '公司', '企业', '单位', '企业名称', '公司名称', '单位名称', '工作单位', '团队名称'] },
    { names: ['人数', '参加人数', '参会人数', '报名人数'] },
    ...(form.options.length > 0 ? [{ names: ['选项', '场次', '时段', '项目'] }] : []),
    ...form.fields.map(({ ask }) => ({ names: [ask] })),
    { names: ['状态', '报名状态'] },
    { names: ['报名时间', '登记时间'] },
  ]
  const order = ['in', 'proxy', 'offered', 'waiting']
  const rows = record.answers
    .filter(({ state }) => state !== 'out')
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map(answer => {
      const member = known.get(answer.memberId)
      return [
        member?.name ?? answer.name,
        member?.space ?? '',
        member?.branch ?? '',
        member?.team ?? '',
        answer.people,
        ...(form.options.length > 0 ? [answer.option] : []),
        ...form.fields.map(({ id }) => answer.values[id] ?? ''),
        answerStates[answer.state],
        sayFullTime(instantOf(answer.at)),
      ]
    })
  return { columns, rows }
}
