const exampleMark = /^[（(]?(?:填写)?(?:示例|样例|样表|范例|例子|例)[)）]?[:：]?\d*$/u
/** 「XX支部」, 「某某公司」, 「139xxxxxxxx」. */
const placeholder = /^(?:[xX×]{2,}|某某|[○〇]{2,})\p{Script=Han}|^1[3-9]\d[xX×*]{8}$/u
const madeUpName = /^(?:张三|王小明|李四|王五|赵六|小明|李雷|韩梅梅|张某某?|李某某?|王某某?|某某某?)$/u
const madeUpPhone = /^1[3-9]\d(?:0{8}|1{8}|12345678|23456789|00138000)$/u

/** Examples stand above the people. */
const mostExamples = 5

/**
 * Whether the cells of a row show how to fill in a list: by a word, or by a made-up name with other made-up matter;
 * real persons may be in 「某某公司」, or be called 张三.
 * @param place of the row below the header, from 0 on
 */
export function isExample(written: readonly string[], place: number): boolean {
  const cells = written.map(cell => cell.replaceAll(/\s/gu, ''))
  const has = (pattern: RegExp) => cells.some(cell => pattern.test(cell))
  const isMadeUp = has(madeUpName) && (has(placeholder) || has(madeUpPhone))
  return has(exampleMark) || (place < mostExamples && isMadeUp)
}
