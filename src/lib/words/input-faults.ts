import { z } from 'zod'

const kindWords: Readonly<Record<string, string>> = {
  string: '文字（数字要加引号）',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '一个列表',
  object: '一组栏目',
  record: '一组栏目',
}
const zodWords = z.locales.zhCN().localeError

/** Chinese words for the issues of zod, for people who write settings and data files; never with the value. */
export const inChinese: z.core.$ZodErrorMap = issue => {
  if (issue.code === 'too_small' || issue.code === 'too_big') return sayLimit(issue)
  if (issue.code === 'invalid_value') return `只能写 ${issue.values.map(value => value || '空着').join('、')}`
  if (issue.code === 'invalid_union') return sayUnion(issue.errors) ?? zodWords(issue)
  if (issue.code === 'invalid_format')
    return issue.format === 'url'
      ? '要写成完整的网址，例如 https://example.org'
      : `写法不对，要合乎 ${issue.pattern ?? issue.format}`
  if (issue.code !== 'invalid_type') return zodWords(issue)
  if (issue.input === undefined) return '没有写'
  return `要写成${kindWords[issue.expected] ?? issue.expected}`
}

type Limit = z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>

/** 「最小 1」 for figures, 「至少 12 个字」 for texts, 「最多 5 项」 for lists; an empty text was not written. */
function sayLimit(issue: Limit): string {
  const isLeast = issue.code === 'too_small'
  const limit = isLeast ? issue.minimum : issue.maximum
  if (issue.origin === 'string') {
    if (isLeast && Number(limit) <= 1) return '没有写'
    return `${isLeast ? '至少' : '最多'} ${limit} 个字`
  }
  if (issue.origin === 'array' || issue.origin === 'set') return `${isLeast ? '至少' : '最多'} ${limit} 项`
  if (issue.inclusive === false) return `要${isLeast ? '大于' : '小于'} ${limit}`
  return `${isLeast ? '最小' : '最大'} ${limit}`
}

/** The words of the first form that is more than the empty text. */
const sayUnion = (branches: z.core.$ZodIssueInvalidUnion['errors']): string | undefined =>
  branches
    .map(([first]) => first)
    .find(first => first && !(first.code === 'invalid_value' && first.values[0] === ''))?.message
