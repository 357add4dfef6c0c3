import { alternation } from '../text/alternation.ts'
import { clausesOf } from '../text/asides/asides.ts'
import { numberOf } from '../text/figures/numerals.ts'
import { fold } from '../text/fold.ts'
import type { SignUpForm } from './form.ts'

/** A plain wish about sign-ups; `rest` names the form, the option and the number of people, as 「报名 …」 takes them. */
export type SignUpWish = { kind: 'on' | 'off' | 'change' | 'total'; rest: string }
type NamedForm = Pick<SignUpForm, 'title' | 'options'>

/** Longer messages are talk. */
const longest = 40
const question = /[?？吗呢么]|怎|如何|哪|什么|几点|为何|需要|没有?[\p{P}\s]*$/u
const me = '(?:我们?|俺|本人|咱们?)?'
const wanting = '(?:也|就|都|要|想|想要|来|申请|确认|先|能|可以)*'
const signing = '(?:报(?:个|一下|上|下)?名|参加)'
const ending = '(?:参加|了|啦|哈|的|场|吧|呀|哦|一下|一个|成功)*'
const on = new RegExp(`^(?:帮我|给我|替我)?${me}${wanting}${signing}${ending}$`, 'u')
/** With a number, an option or a title beside it: 「我报2个」. */
const onBeside = new RegExp(
  `^(?:帮我|给我|替我)?${me}${wanting}(?:${signing}|报)?${wanting}(?:${signing}|报)${ending}$`,
  'u',
)
const reason = '(?:临时|突然|实在|今天|明天|这次|到时候?|可能|有点?事|家里有事|要?加班|要?出差)*'
const notComing =
  '不去|不来|不报名?|不参加|(?:来|去|到|参加)不(?:了|成)|(?:不能|没法|没办法|无法)(?:来|去|到|参加)'
const withdrawing = '(?:取消|退出|撤销)(?:我的?)?(?:报名)?|退(?:掉|了)?报名'
const off = new RegExp(
  `^${me}${reason}${me}(?:就|要|想)?(?:${notComing}|${withdrawing})(?:了|啦|哈|吧)*$`,
  'u',
)
const change = new RegExp(`^(?:${me}(?:要|想)?)?(?:人数)?(?:改成|改为|改到|改)(?:吧|了)?$`, 'u')
const total = new RegExp(
  `^(?:现在|目前|已经|一共|这次|总共)*(?:${
    alternation([
      /(?:有)?(?:多少|几)个?位?人?(?:报名?|参加)了?|报名?了?(?:多少|几)个?位?人|报名(?:情况|人数)/u,
      /还?(?:有|剩)(?:多少|几)?个?(?:名额|位子|位置|空位)|名额(?:还有|剩)(?:多少|几)?个?|名额(?:满了|够)/u,
    ]).source
  })(?:了|吗|没有?)*$`,
  'u',
)
const numeral = '\\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]'
const people = new RegExp(`(?:一共|总共|一起)?(?<![\\d.第])(?<count>${numeral})\\s*(?:个人|人|个|位)`, 'u')
const bareCount = new RegExp(`(?<=改(?:成|为|到)?\\s*)(?<count>${numeral})(?=[吧了!！。~～\\s]*$)`, 'u')

/**
 * Reads a whole message: with the title, the options and the number of people taken out, nothing but the wish may be
 * left of it. Questions and talk are no wish.
 * @param forms open forms, whose titles and options are known
 */
export function readSignUpWish(text: string, forms: readonly NamedForm[]): SignUpWish | undefined {
  if (text.length > longest || text.includes('\n')) return undefined
  const parts = takeParts(fold(text), forms)
  const said = clausesOf(parts.said).join('')
  const rest = [parts.title, parts.option, parts.count && `${parts.count}人`].filter(Boolean).join(' ')
  if (total.test(said.replaceAll(/[的?？]/gu, ''))) return { kind: 'total', rest: parts.title }
  if (question.test(parts.said)) return undefined
  if (change.test(said) && parts.count) return { kind: 'change', rest }
  if (off.test(said)) return { kind: 'off', rest: parts.title }
  return (rest === '' ? on : onBeside).test(said) ? { kind: 'on', rest } : undefined
}

type Parts = { title: string; option: string; count: number | undefined; said: string }

/** Takes the form's title, one option and the number of people out of what was said. */
function takeParts(folded: string, forms: readonly NamedForm[]): Parts {
  let said = folded
  const take = (names: readonly string[]): string => {
    const found = names
      .toSorted((a, b) => b.length - a.length)
      .find(name => name !== '' && said.includes(fold(name)))
    if (found) said = said.replace(fold(found), ' ')
    return found ?? ''
  }
  const title = take(forms.map(form => form.title))
  const meant = forms.filter(form => title === '' || form.title === title)
  const option = take(meant.flatMap(({ options }) => options.map(({ name }) => name)))
  const found = people.exec(said) ?? bareCount.exec(said)
  if (found) said = said.replace(found[0], ' ')
  return { title, option, count: found ? numberOf(found.groups?.count ?? '') : undefined, said: said.trim() }
}
