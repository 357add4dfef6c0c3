import { readFile } from 'node:fs/promises'
import { Temporal } from 'temporal-polyfill'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { Refusal } from '../../feature.ts'
import { streams } from '../../ports/items.ts'

/** Where the number of a document was not found, the reader is sent to the original. */
const numberUnknown = '文号见原文'

const text = (longest: number) =>
  z
    .string({ error: '没有填' })
    .trim()
    .min(1, '没有填')
    .max(longest, `太长了，最多 ${longest} 个字`)
    .refine(value => !/[\r\n]/u.test(value), '只能写一行')

const written = (form: RegExp, example: string) =>
  z
    .string({ error: `没有填，要写成 "${example}"（带引号）` })
    .refine(value => form.test(value) && isOnCalendar(value), `日历上没有这个日期，要写成 "${example}"`)

const day = written(/^\d{4}-\d{2}-\d{2}$/, '2026-12-31')
const month = written(/^\d{4}-\d{2}$/, '2026-12')

function isOnCalendar(value: string): boolean {
  try {
    Temporal.PlainDate.from(`${value}-01-01`.slice(0, 10), { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

const PolicyDocument = z.strictObject({
  title: text(60),
  number: text(40),
  date: day,
  dateIs: z.enum(['发文', '施行'], { error: '只能是「发文」或「施行」' }).default('发文'),
})

/** One thing to tell, checked by hand; what each field is for stands at the head of the file. */
export const SeedItem = z
  .strictObject({
    id: z.string({ error: '没有填' }).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '只能用小写英文、数字和短横线'),
    stream: z.enum(streams, { error: `只能是${streams.join('、')}` }),
    title: text(40),
    who: text(160),
    benefit: text(160),
    when: text(60),
    where: text(60),
    documents: z.array(PolicyDocument, { error: '要写成列表' }).max(3, '最多 3 份文件').default([]),
    source: z.url({ protocol: /^https?$/, error: '不是网址' }).optional(),
    publishedOn: day,
    validUntil: day.optional(),
    asOf: month.optional(),
  })
  .refine(item => item.stream !== '政策' || item.documents.length > 0, {
    path: ['documents'],
    error: '政策条目要写明文件',
  })
  .refine(item => item.source || !item.documents.some(({ number }) => number === numberUnknown), {
    path: ['source'],
    error: `写了「${numberUnknown}」就要给原文链接`,
  })
export type SeedItem = z.infer<typeof SeedItem>

const fieldNames: Record<string, string> = {
  id: '编号',
  stream: '栏目',
  title: '标题',
  who: '谁',
  benefit: '多少或什么',
  when: '什么时候',
  where: '去哪里办',
  documents: '文件',
  number: '文号',
  date: '日期',
  dateIs: '日期含义',
  source: '原文链接',
  publishedOn: '从哪天起推',
  validUntil: '最后一天',
  asOf: '口径月份',
}

/**
 * The items of the file, as it stands now.
 * @throws {@link Refusal} that names the file and every item and field that is wrong.
 */
export async function readSeed(file: string): Promise<SeedItem[]> {
  let source: string
  try {
    source = await readFile(file, 'utf8')
  } catch (cause) {
    throw new Refusal(`条目文件 ${file} 读不到，请放回去再试。`, { cause })
  }
  return parseSeed(source, file)
}

/** @throws {@link Refusal} as {@link readSeed}. */
export function parseSeed(source: string, file: string): SeedItem[] {
  const document = parseDocument(source)
  const [fault] = document.errors
  if (fault) throw refusal(file, [`第 ${fault.linePos?.[0].line ?? '?'} 行的格式读不懂，请检查缩进和冒号`])
  const raw: unknown = document.toJS()
  if (!Array.isArray(raw)) throw refusal(file, ['整个文件要是一个列表，每条以「- id:」开头'])
  const problems = raw.flatMap((item, i) => problemsOf(item, i))
  const ids = raw.map(item => item?.id)
  for (const [i, id] of ids.entries()) {
    const first = ids.indexOf(id)
    if (id !== undefined && first < i) problems.push(`第 ${i + 1} 条（${id}）的编号和第 ${first + 1} 条重复`)
  }
  if (problems.length > 0) throw refusal(file, problems)
  return raw.map(item => SeedItem.parse(item))
}

function problemsOf(raw: unknown, index: number): string[] {
  const result = SeedItem.safeParse(raw)
  if (result.success) return []
  const id = z.object({ id: z.string() }).safeParse(raw).data?.id
  const item = `第 ${index + 1} 条${id ? `（${id}）` : ''}`
  return result.error.issues.map(issue => {
    if (issue.code === 'unrecognized_keys') return `${item}有不认识的栏：${issue.keys.join('、')}`
    if (issue.path.length === 0) return `${item}要写成「栏目: 内容」`
    return `${item}的「${issue.path.map(sayField).join('')}」：${issue.message}`
  })
}

/** `documents`, 0, `number` as 「文件第 1 份的文号 number」. */
function sayField(part: PropertyKey, place: number, path: PropertyKey[]): string {
  if (typeof part === 'number') return `第 ${part + 1} 份的`
  const name = String(part)
  return place === path.length - 1 ? `${fieldNames[name] ?? name} ${name}` : (fieldNames[name] ?? name)
}

function refusal(file: string, problems: string[]): Refusal {
  return new Refusal(`条目文件 ${file} 有 ${problems.length} 处要改：\n${problems.join('\n')}`)
}
