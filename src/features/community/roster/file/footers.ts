import type { RosterLine } from './layout.ts'

/** Titles of those who make and sign a list; 「负责人」 and 「联系人」 may stand above people as well. */
const maker =
  '制表|填表|填报|审核|审批|复核|统计|经办|录入|汇总|核对|签字|签名|盖章|报送|记录|主持|点名|登记|整理|校对'
const label = (words: string) =>
  new RegExp(`^(?:${words})(?:人员?|员|者|单位)?(?:签字|签名|签章)?[:：]?$`, 'u')
const labelOfMaker = label(maker)
const labelOfAny = label(`${maker}|负责|联系`)

/** 「工作人员：」 with its name in the next cell; some write a colon behind each name. */
const labelBeside =
  /^\p{Script=Han}{0,6}(?:人员?|员|者|单位|部门|老师|领导|嘉宾|代表|[组队班]长|主任|书记)[:：]$/u

/**
 * Marks the rows that begin with a label, and those below a label that stands alone, 「制表人」 above 「卫淇」, where they
 * too hold one cell.
 */
export function withSignatures(body: readonly RosterLine[]): RosterLine[] {
  const isLabel = body.some(row => filled(row).length > 1) ? labelOfAny : labelOfMaker
  let isOpen = false
  return body.map(row => {
    const [only = '', ...others] = filled(row)
    if (only === '') return row
    const isBeside = others.length > 0 && others.length < 3 && labelBeside.test(only)
    const isSignature = isBeside || (isOpen && others.length === 0 && !isLabel.test(only))
    isOpen = others.length === 0 && isLabel.test(only)
    return isSignature ? { ...row, isSignature } : row
  })
}

const filled = ({ cells }: RosterLine) => cells.map(cell => cell.trim()).filter(cell => cell !== '')
