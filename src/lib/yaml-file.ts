import { existsSync, readFileSync } from 'node:fs'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { inChinese } from './words/input-faults.ts'

/** A fault in a file, for the person who wrote it; lines from 1. */
export type FileFault = { file: string; line: number; field: string; message: string }

/** A data file cannot be used; `message` lists every fault, one a line, in Chinese. */
export class YamlFault extends Error {
  override name = 'YamlFault'
  readonly faults: readonly FileFault[]

  constructor(title: string, faults: readonly FileFault[]) {
    super([title, ...faults.map(describeFault)].join('\n'))
    this.faults = faults
  }
}

/** 「data/faq/hnte.yaml 第12行 entries[0].short：第一行最多 80 个字」. */
export function describeFault({ file, line, field, message }: FileFault): string {
  return `${file} 第${line}行 ${field || '（整个文件）'}：${message}`
}

/** A file that was read: its value where it is sound, else its faults; `fault` names a place in it. */
export type YamlFile<T> = {
  file: string
  text: string
  value: T | undefined
  faults: FileFault[]
  fault(path: readonly PropertyKey[], message: string): FileFault
}

/**
 * Reads and checks a file. A missing field is reported at the nearest line that is there, a missing file as a fault.
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): YamlFile<T> {
  if (!existsSync(file)) return missing(file)
  const lines = new LineCounter()
  const text = readFileSync(file, 'utf8')
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1))
  }
  const fault = (path: readonly PropertyKey[], message: string): FileFault => ({
    file,
    line: lineOf(path),
    field: describePath(path),
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

function missing<T>(file: string): YamlFile<T> {
  const fault = (_: readonly PropertyKey[], message: string): FileFault => ({
    file,
    line: 1,
    field: '',
    message,
  })
  return { file, text: '', value: undefined, faults: [fault([], '找不到')], fault }
}

/** `['entries', 0, 'short']` → 「entries[0].short」. */
function describePath(path: readonly PropertyKey[]): string {
  return path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}
