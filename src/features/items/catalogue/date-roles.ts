import type { KeptItem } from './records.ts'

/** Roles of dates, in words for organizers. */
export const roleWords: Record<KeptItem['dates'][number]['role'], string> = {
  apply: '截止',
  paper: '交纸质材料',
  old: '原来的截止',
  start: '开始申报',
  forward: '部门上报',
  review: '评审',
  publicise: '公示',
  pay: '拨付',
  duty: '之后要办',
  validity: '有效期',
  condition: '条件里的日子',
  event: '活动',
  feedback: '征求意见',
  issued: '发文',
  outage: '停办',
  other: '其他',
}
