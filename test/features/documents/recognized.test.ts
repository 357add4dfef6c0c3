import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'
import { readingOf } from '../../../src/features/documents/library/intake.ts'
import { openDocumentRecords } from '../../../src/features/documents/library/records.ts'
import { createWorld } from '../../conversation.ts'
import { measures, openDocumentsWorld } from './world.ts'

const page = (number: number, paragraphs: string[], isRecognized: boolean) => ({
  number,
  paragraphs,
  gaps: [],
  ...(isRecognized ? { isRecognized } : {}),
})
const head = ['示范区科学技术局文件', '榕示科〔2026〕72号', '关于印发创新补贴办法的通知', '各有关单位：']
const signed = ['示范区科学技术局', '2026年2月20日']
const readingIn = (...pages: ReturnType<typeof page>[]) => {
  const text = { kind: 'pdf' as const, pages }
  return readingOf({ text, document: parseDocument(text) }, 'a.pdf')
}

test('a number and a day that were recognized are left for a person to type', () => {
  const clause = '第一条 每家企业最高80万元。'
  const scan = readingIn(page(1, [...head, clause, ...signed], true))
  expect(scan).toMatchObject({ documentNumber: '', title: '关于印发创新补贴办法的通知' })
  expect(scan.dated).toBeUndefined()
  expect(scan.gaps).toEqual(['文号和成文日期没有照认出来的字填，请对着原件自己打。'])
  const printed = readingIn(
    page(1, [...head, clause], false),
    page(2, ['第二条 五年有效。', ...signed], true),
  )
  expect(printed).toMatchObject({ documentNumber: '榕示科〔2026〕72号', gaps: expect.any(Array) })
  expect(printed.dated).toBeUndefined()
  const text = readingIn(page(1, [...head, clause, ...signed], false))
  expect(text).toMatchObject({ documentNumber: '榕示科〔2026〕72号', dated: '2026-02-20', gaps: [] })
})

test('a clause whose number is printed and whose words were recognized is recognized', () => {
  const { passages } = readingIn(
    page(1, [...head, '第一条 支持创新。', '第二条'], false),
    page(2, ['每家企业最高80万元。', '第三条 自发布之日起施行。'], true),
  )
  expect(passages.map(({ text, isRecognized }) => [text, isRecognized])).toEqual([
    ['第一条 支持创新。', false],
    ['第二条 每家企业最高80万元。', true],
    ['第三条 自发布之日起施行。', true],
  ])
})

test('clauses that are not quoted since their figures were not typed again are named', async () => {
  const world = createWorld('2026-11-20T08:00:00+08:00')
  await (await openDocumentsWorld(world)).atChen.upload('办法.txt', measures())
  await openDocumentRecords(world.store).update(
    1,
    now => now && { ...now, passages: now.passages.map(one => ({ ...one, isRecognized: true })) },
  )
  const { atHe } = await openDocumentsWorld(world)
  expect(await atHe.read('/documents/1')).toContain(
    '还有 3 段的数字没有重打，批准以后这几段也不引用。<a href="/documents/1?page=1&amp;from=3#p3">去重打 →</a>',
  )
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  const live = await atHe.read('/documents/1')
  expect(live.split('数字没有重打，这一段不引用')).toHaveLength(4)
  expect(live).not.toContain('去重打')
})
