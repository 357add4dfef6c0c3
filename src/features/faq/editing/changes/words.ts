import { type EntryRecord, type Policy, Region, type Wish } from '../../records.ts'

export { aboutWords } from '../../wording/entries.ts'

/** The fields of an entry as editors read them: on the page, in a spreadsheet, in the history. */
export const fieldWords = {
  id: '编号',
  programme: '项目',
  question: '标准问法',
  otherQuestions: '其他问法',
  short: '第一行',
  firstLines: '问到什么先说什么',
  details: '下面几行',
  documents: '依据',
  clauses: '依据条款',
  region: '地区',
  effectiveFrom: '起',
  effectiveUntil: '止',
  verifiedOn: '核实到',
  owner: '服务台',
  ask: '问哪个部门',
  policy: '能说到什么程度',
  status: '状态',
  replacedBy: '被哪条接替',
  facts: '出处',
  mayHaveChanged: '可能变了吗',
} as const satisfies Record<keyof EntryRecord | 'programme', string>
export type EntryField = keyof typeof fieldWords

/** The purpose of a first line, as editors write it. */
export const wishWords: Record<Wish, string> = {
  can: '能不能',
  amount: '多少',
  when: '什么时候',
  where: '哪里',
  who: '谁',
  papers: '材料',
  how: '怎么办',
}

/** The fields of a document, likewise. */
export const documentWords = {
  title: '标题',
  number: '文号',
  issuer: '发文机关',
  date: '日期',
  link: '链接',
} as const

export const policyWords: Record<Policy, string> = {
  state: '直接说',
  state_with_date: '带时点说',
  hedge: '大致说，请核实',
  history_only: '只当历史说',
  refer_only: '只给部门',
}

export const statusWords: Record<EntryRecord['status'], string> = {
  draft: '草稿',
  live: '在用',
  withdrawn: '已撤下',
}

export const changedWords: Record<EntryRecord['mayHaveChanged'], string> = {
  no: '没有迹象',
  maybe: '可能',
  yes: '基本可以肯定',
}

/** The value that a word stands for; the word itself where it stands for none, so that the check can say so. */
export function valueOfWord(words: Readonly<Record<string, string>>, word: string): string {
  return Object.entries(words).find(([, said]) => said === word)?.[0] ?? word
}

/** The choices of each field. */
export const choices: Partial<Record<EntryField, readonly string[]>> = {
  region: Region.options,
  policy: Object.values(policyWords),
  status: Object.values(statusWords),
  mayHaveChanged: Object.values(changedWords),
}
