/** A form that is there to be used: an organizer fills in when and how many. */
export type ShippedForm = {
  title: string
  /** Read before everything else; empty: nothing. */
  note: string
  /** Asked besides what the roster knows, with what it is for: 「设备（备投影）」. */
  fields: readonly string[]
}

/** Each asks for little: at least 70% of its fields stand on the roster. */
export const shippedForms: readonly ShippedForm[] = [
  { title: '路演报名', note: '', fields: ['项目一句话（排节目单）'] },
  { title: '沙龙报名', note: '', fields: [] },
  { title: '培训报名', note: '', fields: ['想听什么（转给讲师备课）'] },
  { title: '参观报名', note: '', fields: [] },
  {
    title: '流动党员登记',
    note: '正式的登记请走组织部门的渠道（党员报到、组织关系接转）。这里只收下面几项，由组织者转给所在支部联系你，不代替正式登记。',
    fields: ['方便联系的时间（支部联系你用）'],
  },
]
