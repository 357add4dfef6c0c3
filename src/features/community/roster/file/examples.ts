const exampleMark = /^[（(]?(?:填写)?(?:示例|样例|样表|范例|例子|例)[)）]?[:：]?\d*$/u
/** 「XX支部」, 「某某公司」, 「139xxxxxxxx」. */
const placeholder = /^(?:[xX×]{2,}|某某|[○〇]{2,})\p{Script=Han}|^1[3-9]\d[xX×*]{8}$/u
const madeUpName = /^(?:张三|李四|王五|赵六|小明|李雷|韩梅梅|张某某?|李某某?|王某某?|某某某?)$/u
const madeUpPhone = /^1[3-9]\d(?:0{8}|1{8}|8{8}|12345678|23456789|00138000)$/u

/** Whether the cells of a row show how to fill in a list. */
export function isExample(written: readonly string[]): boolean {
  const cells = written.map(cell => cell.replaceAll(/\s/gu, ''))
  const has = (pattern: RegExp) => cells.some(cell => pattern.test(cell))
  return has(exampleMark) || has(placeholder) || (has(madeUpName) && has(madeUpPhone))
}
