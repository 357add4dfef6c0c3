/** 「姓名：甘棠　到场：否」. */
const answered =
  /^[^\S\n]*姓名[:：][^\S\n]*(\p{Script=Han}{2,4})[^\S\n]+(?:是否)?(?:到场|到会|签到|参加|出席|状态)(?:情况)?[:：][^\S\n]*(\S+)[^\S\n]*$/gmu
const denial = /^(?:[否无没不未×]|没有|(?:没有?|[未不])(?:到|来|签到?|参加|出席)\p{P}*)$/u
/** Answers that deny trouble: 「未迟到」, 「无异常」. */
const fine = /^(?:未|没有?|无)(?:迟到|早退|缺席|缺勤|异常|问题|误)$/u
/** 「甘棠 ✔️ 柏舟 ✖️」. */
const markBehind = /^\s*\p{Script=Han}{2,4}\s+[√✓✔✅☑×✗✘✖❌]\uFE0F?\s+\p{Script=Han}/u
const spaceBeforeMark = /(?<=\p{Script=Han})\s+(?=[√✓✔✅☑×✗✘✖❌])/gu
/** 「[假]张栻」, 「【到】甘棠」: the status of one name in brackets before it. */
const statusAhead =
  /[[【［][^\S\n]*(?<status>已?到|来|已?签到?|迟到?|线[上下]|请?假|[病事公]假|缺席?|旷课?|未到|没到|没来|[√✓✔✅×✗✘✖❌])[^\S\n]*[\]】］][^\S\n]*(?<name>\p{Script=Han}{2,4})(?=(?:[^\S\n]|[，,、;；])*(?:$|[[【［]))/gmu
/** 「兹有我支部党员甘棠、柏舟二人因出差不能参加，特此请假。」 */
const letter =
  /^\s*(?:兹?有)?(?:[我本](?:支部|公司|单位|空间))?(?:党员|成员|员工|创客|同志)?(?<names>\p{Script=Han}{2,4}(?:[、，,和与及]\p{Script=Han}{2,4}){0,9}?)(?:[一二两三四五六七八九十\d]{1,2}人|同志|等[一二两三四五六七八九十\d]{0,2}人)?因[^。\n]{1,60}特此(?:请假|告假)。?[^\S\n]*$/gmu
/** 「到（下周请假）」: a remark about another day; 「甘棠（下次来）」 is of this one too. */
const ofOtherDay =
  /(?<=(?:到|来了?|参加|假|缺席|[√✓✔✅☑]\uFE0F?)\s{0,2})[（(](?:下|上|前)(?:一?次|一?周|星期|节课|回)[^（）()]{0,20}[)）]/gu
/** Digits of full width, marks of status before names, and arrows that end a heading: 「报了没来👇」. */
export const withPlainSigns = (text: string): string =>
  text
    .replaceAll(/[０-９]/gu, digit => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0xfee0))
    .replaceAll(letter, '请假：$<names>')
    .replaceAll(ofOtherDay, '')
    .replaceAll(statusAhead, '$<name>（$<status>）、')
    .replaceAll(
      answered,
      (_, name: string, answer: string) =>
        `${name} ${denial.test(answer) ? '未到' : answer.replace(fine, '到')}`,
    )
    .replaceAll(/^.*$/gmu, line =>
      markBehind.test(line) ? line.replaceAll(/\uFE0F/gu, '').replaceAll(spaceBeforeMark, '') : line,
    )
    .replaceAll(/(?<=[\p{Script=Han})）])\s*(?:[👇⬇↓]\ufe0f?)+[ \t]*$/gmu, '：')

const longRun = /([\p{P}\p{S}\p{N}])\1{39,}/gu

/**
 * Cuts runs of one sign to 40: patterns that look behind every sign take a time that
 * grows with the square of a run.
 */
export const withoutLongRuns = (text: string): string => text.replaceAll(longRun, run => run.slice(0, 40))
