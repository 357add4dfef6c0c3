import { expect, test } from 'vitest'
import { openDocumentsWorld, seenBehind } from './world.ts'

const collection = new TextEncoder().encode(`示范区惠企政策选编
2026年7月1日
示范区租金补贴办法
示人社〔2023〕3号
第一条 每家企业每年不超过1万元。
第二条 本办法自2023年3月1日起施行，有效期至2025年2月28日。
示范区人力资源和社会保障局
2023年2月10日
示范区人才公寓管理办法
示人社〔2026〕8号
第一条 每平方米每月20元。
第二条 本办法自2026年5月1日起施行，有效期至2029年4月30日。
示范区人力资源和社会保障局
2026年4月6日
`)

test('the review of a collection shows from when until when each document in it holds', async () => {
  const { atChen, atHe, he } = await openDocumentsWorld()
  await atChen.upload('汇编.txt', collection)
  const page = await atHe.read('/documents/1')
  expect(page).toContain('有效期：<strong>收着 2 份文件，各有各的</strong>')
  expect(page).toContain('《示范区租金补贴办法》：2023年3月1日起，到2025年2月28日止（第二条）')
  expect(page).toContain('《示范区人才公寓管理办法》：2026年5月1日起，到2029年4月30日止（第二条）')
  await he.says('文件 1', '《示范区租金补贴办法》：2023年3月1日起')
  await he.says('文件 1', '\n《示范区人才公寓管理办法》\n第一条 每平方米每月20元。')
})

test('each document of a collection is quoted by its own title and days', async () => {
  const { atChen, atHe, documents, quoted } = await openDocumentsWorld()
  await atChen.upload('汇编.txt', collection)
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  expect([...quoted.values()].map(({ title, from, until }) => [title, from, until])).toEqual([
    ['示范区租金补贴办法', '2023-03-01', '2025-02-28'],
    ['示范区人才公寓管理办法', '2026-05-01', '2029-04-30'],
  ])
  const [rent] = quoted.values()
  expect(rent?.passages.map(({ path }) => path)).toEqual([['第一条'], ['第二条']])
  const cited = (title: string) => documents.clauses.resolve(`《示范区惠企政策选编》 ${title}第一条`).state
  expect([cited('示范区租金补贴办法'), cited('示范区人才公寓管理办法')]).toEqual(['ended', 'checked'])
  const passage = { documentId: rent?.id ?? '', page: 1, text: rent?.passages[0]?.text ?? '' }
  expect((await documents.originalPage(passage)).text).toContain('示范区租金补贴办法第一条')
})

test('the days of a document in a collection are put right in review', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  await atChen.upload('汇编.txt', collection)
  const typed = { at: '1', from: '2026-05-01', until: '2028-04-30', saidIn: '第二条' }
  expect((await atChen.post('/documents/1/part', typed)).status).toBe(303)
  const page = await atHe.read('/documents/1')
  expect(page).toContain('《示范区人才公寓管理办法》：2026年5月1日起，到2028年4月30日止（第二条）')
  expect(page).toContain('陈静：改了《示范区人才公寓管理办法》的有效期')
  const wrong = await atHe.post('/documents/1/part', { ...typed, until: '2026-01-01' })
  expect(await wrong.text()).toContain('结束的日子早于开始的日子')
  const missing = await atHe.post('/documents/1/part', { ...typed, at: '2' })
  expect(await missing.text()).toContain('没有这一份')
  const approval = { revision: '1', isValidityChecked: 'yes' }
  expect(await (await atHe.post('/documents/1/approve', approval)).text()).toContain('改过')
})

test('of two people who put the days of one part right, the second sees what the first wrote', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  await atChen.upload('汇编.txt', collection)
  const seenOf = (page: string) => seenBehind(page.split('示范区人才公寓管理办法》').at(-1) ?? '', '/part">')
  const page = await atHe.read('/documents/1')
  const typed = { at: '1', from: '2026-05-01', until: '2028-04-30', saidIn: '第二条', seen: seenOf(page) }
  expect(typed.seen).not.toBe('')
  expect((await atChen.post('/documents/1/part', typed)).status).toBe(303)
  const late = await atHe.post('/documents/1/part', { ...typed, until: '2027-04-30' })
  expect(late.status).toBe(422)
  const shown = await late.text()
  expect(shown).toContain(
    '《示范区人才公寓管理办法》的有效期刚被别人改过，现在是：有效期从2026-05-01到2028-04-30，写在第二条。你填的「有效期从2026-05-01到2027-04-30，写在第二条」没有保存',
  )
  expect(shown).toContain('2026年5月1日起，到2028年4月30日止')
  const again = { ...typed, until: '2027-04-30', seen: seenOf(shown) }
  expect((await atHe.post('/documents/1/part', again)).status).toBe(303)
})
