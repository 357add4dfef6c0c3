import { existsSync, readFileSync } from 'node:fs'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'

/** Something wrong in a file, for the person who wrote it. */
export type Fault = { file: string; line: number; field: string; message: string }

/** The knowledge can not be used; `message` lists every fault, one a line, in Chinese. */
export class KnowledgeFault extends Error {
  override name = 'KnowledgeFault'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(['知识库有误，请先改好：', ...faults.map(sayFault)].join('\n'))
    this.faults = faults
  }
}

/** 「data/faq/hnte.yaml 第12行 entries[0].short：第一行最多 80 个字」. */
export function sayFault({ file, line, field, message }: Fault): string {
  return `${file} 第${line}行 ${field || '（整个文件）'}：${message}`
}

/** A file that was read: its value if it is sound, else what is wrong; and where a field stands. */
export type Sheet<T> = {
  file: string
  text: string
  value: T | undefined
  faults: Fault[]
  fault(path: readonly PropertyKey[], message: string): Fault
}

const kindWords: Readonly<Record<string, string>> = {
  string: '文字（数字要加引号）',
  number: '数字',
  boolean: 'true 或 false',
  array: '一个列表',
  object: '一组栏目',
  record: '一组栏目',
}
const zodWords = z.locales.zhCN().localeError

/** Says in Chinese what zod finds wrong, in words of people who write entries. */
export const inChinese: z.core.$ZodErrorMap = issue => {
  if (issue.code === 'too_small' && issue.origin === 'string') return '没有写'
  if (issue.code !== 'invalid_type') return zodWords(issue)
  if (issue.input === undefined) return '没有写'
  return `要写成${kindWords[issue.expected] ?? issue.expected}`
}

/**
 * Reads and checks a file; a field that is missing is reported at the nearest line that is there.
 * @throws {@link KnowledgeFault} when there is no such file
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): Sheet<T> {
  if (!existsSync(file)) throw new KnowledgeFault([{ file, line: 1, field: '', message: '找不到' }])
  const lines = new LineCounter()
  const text = readFileSync(file, 'utf8')
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1))
  }
  const fault = (path: readonly PropertyKey[], message: string): Fault => ({
    file,
    line: lineOf(path),
    field: sayPath(path),
    message,
  })
  const broken = document.errors.map(error => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    field: '',
    message: `不是合法的 YAML（${error.code}），请检查缩进、冒号和引号，以及有没有重复的键`,
  }))
  if (broken.length > 0) return { file, text, value: undefined, faults: broken, fault }
  const result = schema.safeParse(document.toJS(), { error: inChinese })
  if (result.success) return { file, text, value: result.data, faults: [], fault }
  const faults = result.error.issues.map(issue => fault(issue.path, issue.message))
  return { file, text, value: undefined, faults, fault }
}

/** `['entries', 0, 'short']` → 「entries[0].short」. */
function sayPath(path: readonly PropertyKey[]): string {
  return path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}
