import { expect, test } from 'vitest'
import type { Feature, Person } from '../../../src/feature.ts'
import { openOffice } from '../faq/knowledge-office.ts'
import { measures, openDocumentsWorld } from './world.ts'

const number = '某字〔2020〕1号'
const lin: Person = { id: 'lin', name: '林芳', roles: ['maker', 'organizer'] }

/** An approved document that an entry rests on, and a file that an organizer uploads as its newer version. */
async function openMarked() {
  const all: Feature[] = []
  const library = await openDocumentsWorld(undefined, { features: () => all })
  const office = await openOffice({ world: library.world, clauses: library.documents.clauses })
  all.push(office.feature)
  await library.atChen.upload('a.txt', measures('30万元', '', number))
  await library.atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  const atLin = library.consoleOf(lin)
  await atLin.upload('b.txt', measures('50万元', '', '某字〔2026〕9号'), { supersedes: '1' })
  const marks = async () => ({
    answer: (await office.answerer.answer('补多少钱', library.world.clock.now()))[0]?.text.includes('正在核'),
    page: library.documents.published()[0]?.changing,
    clauses: library.quoted.get('1')?.passages.filter(({ isHeld }) => isHeld).length,
  })
  const unmarked = { answer: false, page: [], clauses: 0 }
  expect(await marks()).toMatchObject({ answer: true, page: ['第三条（一）'], clauses: 1 })
  return { ...library, office, atLin, marks, unmarked }
}

test('an organizer takes back the own upload, and with it every mark, at once', async () => {
  const { atLin, atHe, marks, unmarked } = await openMarked()
  const page = await atLin.read('/documents/2')
  for (const said of ['1 号里 1 处条文', '正在核', '退回']) expect(page).toContain(said)
  expect((await atLin.post('/documents/2/reject', { reason: '传错了' })).status).toBe(303)
  expect(await marks()).toEqual(unmarked)
  expect(await atHe.read('/documents/2')).toContain('林芳退回：传错了')
})

test('another organizer takes it back in chat; only a reviewer puts it back', async () => {
  const { lin: linInChat, atLin, atHe, marks, unmarked } = await openMarked()
  await linInChat.says('退回文件 2', '请说明原因')
  await linInChat.says('退回文件 2 不是这份的新版本', '标着「正在核」的，马上照旧')
  expect(await marks()).toEqual(unmarked)
  expect(await atHe.read('/documents/2')).toContain('退回：不是这份的新版本')
  await linInChat.says('恢复文件 2', '审核人')
  expect((await atLin.post('/documents/2/restore', {})).status).toBe(403)
  expect(await marks()).toEqual(unmarked)
})

test('what two files under review change is marked until both are taken back', async () => {
  const { atLin, atHe, marks, unmarked } = await openMarked()
  await atLin.upload('c.txt', measures('30万元', '解释权归区科技局。', '某字〔2026〕10号'), {
    supersedes: '1',
  })
  expect(await marks()).toEqual({ answer: true, page: ['第三条（一）', '第四条'], clauses: 2 })
  await atHe.post('/documents/2/reject', { reason: '传错了' })
  expect(await marks()).toEqual({ answer: false, page: ['第四条'], clauses: 1 })
  await atHe.post('/documents/3/reject', { reason: '传错了' })
  expect(await marks()).toEqual(unmarked)
})

test('the others hear at once of a file that marks what is told, and how to take it back', async () => {
  const { posted, atLin } = await openMarked()
  const told = posted().map(({ target, reply }) => ({ ...target, text: reply.text ?? '' }))
  expect(told.map(one => 'personId' in one && one.personId).sort()).toEqual(['chen', 'he'])
  for (const { text } of told)
    for (const said of ['林芳', '2 号文件', '1 处条文', '1 处内容', '退回文件 2'])
      expect(text).toContain(said)
  // A file that changes nothing is told to no one.
  await atLin.upload('d.txt', measures('30万元', '', '某字〔2026〕11号'), { supersedes: '1' })
  expect(posted()).toHaveLength(2)
})
