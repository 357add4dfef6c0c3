import { readFileSync } from 'node:fs'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { streams } from '../../../ports/items.ts'
import { isSelector } from '../../../text/pages/html.ts'

const words = (longest: number) =>
  z.string({ error: '没有填' }).trim().min(1, '没有填').max(longest, `太长了，最多 ${longest} 个字`)
const selector = z.string({ error: '没有填' }).trim().min(1, '没有填').refine(isSelector, '不是 CSS 选择器')

/** A source that items come from; what each field is for stands at the head of the file. */
export const Source = z
  .strictObject({
    id: z.string({ error: '没有填' }).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '只能用小写英文、数字和短横线'),
    name: words(30),
    stream: z.enum(streams, { error: `只能是${streams.join('、')}` }),
    url: z.url({ protocol: /^https?$/, error: '不是网址，要以 http:// 或 https:// 开头' }),
    kind: z.enum(['feed', 'list'], { error: '只能是 feed（RSS 或 Atom）或 list（列表网页）' }),
    list: z
      .strictObject({ item: selector, title: selector, date: selector.optional(), link: selector })
      .optional(),
    /** When it is checked, cron in Asia/Shanghai. */
    schedule: z.string().default('20 8,12,17 * * *'),
    on: z.boolean({ error: '只能是 true 或 false' }).default(false),
  })
  .refine(source => source.kind !== 'list' || source.list, {
    path: ['list'],
    error: 'kind 是 list 的来源，要写明 item、title、link',
  })
export type Source = z.infer<typeof Source>

const SourcesFile = z.strictObject({ sources: z.array(Source, { error: '要写成列表' }) })

/** The file of sources can not be used; every fault stands in a line of its own, with file, line and field. */
export class SourcesFault extends Error {
  override name = 'SourcesFault'
}

/**
 * The sources of a file.
 * @param isSchedule whether this is a cron line
 * @throws {@link SourcesFault} in Chinese
 */
export function readSources(file: string, isSchedule: (cron: string) => boolean): Source[] {
  return parseSources(textOf(file), file, isSchedule)
}

/** Reads sources out of a text, as {@link readSources} out of a file. */
export function parseSources(text: string, file: string, isSchedule: (cron: string) => boolean): Source[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) {
    throw fault(file, [[lines.linePos(broken.pos[0]).line, '整个文件', '格式读不懂，请检查缩进、冒号和引号']])
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1))
  }
  const result = SourcesFile.safeParse(document.toJS())
  if (!result.success) {
    throw fault(
      file,
      result.error.issues.map(issue => {
        const message =
          issue.code === 'unrecognized_keys' ? `有不认识的栏：${issue.keys.join('、')}` : issue.message
        return [lineOf(issue.path), sayPath(issue.path), message]
      }),
    )
  }
  const { sources } = result.data
  const faults = faultsOf(sources, isSchedule).map(
    ([path, message]): Fault => [lineOf(path), sayPath(path), message],
  )
  if (faults.length > 0) throw fault(file, faults)
  return sources
}

type PathFault = [path: readonly PropertyKey[], message: string]

/** Faults between sources and of their schedules, which the schema does not see. */
function faultsOf(sources: readonly Source[], isSchedule: (cron: string) => boolean): PathFault[] {
  return sources.flatMap(({ id, schedule }, at): PathFault[] => {
    const isTaken = sources.findIndex(other => other.id === id) < at
    return [
      ...(isTaken ? [[['sources', at, 'id'], `编号 ${id} 和前面的重复`] satisfies PathFault] : []),
      ...(isSchedule(schedule)
        ? []
        : [[['sources', at, 'schedule'], '不是 cron 写法，例如 20 8 * * 1-5'] satisfies PathFault]),
    ]
  })
}

type Fault = [line: number, field: string, message: string]

const fault = (file: string, faults: Fault[]) =>
  new SourcesFault(
    [
      '来源文件有误，请先改好：',
      ...faults.map(([line, field, message]) => `${file} 第${line}行 ${field}：${message}`),
    ].join('\n'),
  )

/** `['sources', 0, 'list', 'item']` → 「第 1 个来源的 list.item」. */
function sayPath([, at, ...path]: readonly PropertyKey[]): string {
  return typeof at === 'number'
    ? `第 ${at + 1} 个来源${path.length > 0 ? `的 ${path.map(String).join('.')}` : ''}`
    : 'sources'
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new SourcesFault(`来源文件 ${file} 读不到，请放回去再启动。`, { cause })
  }
}
