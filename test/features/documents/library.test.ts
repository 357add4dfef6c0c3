import { expect, test } from 'vitest'
import { z } from 'zod'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { openDocumentRecords } from '../../../src/features/documents/library/records.ts'
import { readStructure } from '../../../src/parsing/index.ts'
import type { Store } from '../../../src/ports/store.ts'
import { createWorld } from '../../conversation.ts'
import { ofdOf } from '../../documents/packed-files.ts'
import { lockedPdf, scanPdf } from '../../documents/pdf-files.ts'
import { gbkPdf } from '../../documents/set/pages.ts'
import { chen, measures, openDocumentsWorld, seenBehind } from './world.ts'

const shortPage = [{ text: '第一条 每家企业最高补贴三万元。', x: 5, y: 10, size: 1 }]
const text = (said: string) => new TextEncoder().encode(said)

type DocumentsWorld = Pick<Awaited<ReturnType<typeof openDocumentsWorld>>, 'he' | 'atChen'>

/** Number 2, which says 50万元, takes the place of number 1. */
async function approveNewVersion({ he, atChen }: DocumentsWorld): Promise<void> {
  await atChen.upload('新办法.txt', measures('50万元', '', '榕示科〔2026〕13号'), { supersedes: '1' })
  await he.asks('文件 2', '50万元')
  await he.says('批准文件 2', '可以引用')
}

test('a document is uploaded by one person and approved by another', async () => {
  const { atChen, atHe, quoted } = await openDocumentsWorld()
  expect(await atChen.upload('办法.txt', measures())).toBe('/documents/1')
  const page = await atHe.read('/documents/1')
  for (const said of ['等审核', '<mark>30万元</mark>', '下载原件']) expect(page).toContain(said)

  const own = await atChen.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  expect(await own.text()).toContain('要由另一位审核人来批准')
  const unchecked = await atHe.post('/documents/1/approve', { revision: '1' })
  expect(await unchecked.text()).toContain('请先对着原文核对有效期')
  expect((await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })).status).toBe(
    303,
  )
  expect(await atHe.read('/documents')).toContain('可引用')
  expect(quoted.get('1')).toMatchObject({
    number: '榕示科〔2026〕12号',
    from: '2026-03-02',
    until: '2029-03-01',
    isSuperseded: false,
  })
})

test('the number of a clause is marked as no figure of it', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  await atChen.upload(
    '指南.md',
    text(
      '# 示范区概念验证中心申报指南\n\n## 1 申报条件\n\n### 1.1 主体要求\n\n专职人员不少于5人。\n\n### 1.2 能力要求\n\n成果转化10项以上。\n\n## 2 支持方式\n\n### 2.1 补助\n\n最高补助300万元。\n',
    ),
  )
  const page = await atHe.read('/documents/1')
  expect(page).toContain('2 支持方式')
  for (const figure of ['5人', '300万元']) expect(page).toContain(`<mark>${figure}</mark>`)
  for (const number of ['1', '2', '1.1', '2 支']) expect(page).not.toContain(`<mark>${number}</mark>`)
})

test('of a call for applications nothing is said that it does not say', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  const call =
    '示范区科学技术局\n关于组织申报2026年度创新券的通知\n各有关单位：\n一、每家最高1万元。\n二、请于2026年12月20日前报送材料。'
  await atChen.upload('通知.txt', text(call))
  const page = await atHe.read('/documents/1')
  expect(page).toContain('文件里没有写起止日期')
  expect(page).not.toContain('长期有效')
})

test('the same in private chat, only after the document was shown', async () => {
  const { atChen, chen, he, mei, quoted } = await openDocumentsWorld()
  await atChen.upload('办法.txt', measures())
  await chen.says('文件库', '1 份文件等审核')
  await he.says('批准文件 1', '先不算批准')
  await chen.says('文件 1', '单家企业最高不超过30万元')
  await chen.says('批准文件 1', '要由另一位审核人来批准')
  await mei.says('文件 1', '只有组织者和审核人能办')
  await atChen.post('/documents/1/passage', { at: '4', text: '（二）同一项目只补贴一次，不重复。' })
  await he.says('批准文件 1', '不重复')
  await he.says('批准文件 1', '从现在起可以引用')
  await he.says('退回文件 1 缺页', '已经处理过了')
  await he.says('撤下文件 1 印错了', '不再引用')
  expect(quoted.size).toBe(0)
  await he.says('文件 9', '没有 9 号文件')
})

test('who corrected a document does not approve it alone', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  await atChen.upload('办法.txt', measures())
  const facts = { title: '办法', from: '2026-03-02', until: '2029-03-01', saidIn: '第四条' }
  expect((await atHe.post('/documents/1/facts', facts)).status).toBe(303)
  const approval = { revision: '2', isValidityChecked: 'yes' }
  expect((await atHe.post('/documents/1/approve', approval)).status).toBe(303)
  expect(await atHe.read('/documents/1')).toContain('同意了，还要另一位审核人批准')
  const again = await atHe.post('/documents/1/approve', approval)
  expect(await again.text()).toContain('已经同意过了')
  const wrong = await atHe.post('/documents/1/facts', { ...facts, until: '2026-01-01' })
  expect(await wrong.text()).toContain('结束的日子早于开始的日子')
  const office = { ...chen, id: 'office:1' }
  const { consoleOf } = await openDocumentsWorld()
  expect(await consoleOf(office).upload('a.txt', measures())).toBe('/documents/1')
})

test('of two people who put the same document right, the second sees what the first wrote', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  await atChen.upload('办法.txt', measures())
  const page = await atHe.read('/documents/1')
  const seen = seenBehind(page, '/documents/1/facts">')
  const facts = { title: '办法', from: '2026-03-02', until: '2029-03-01', saidIn: '第四条', seen }
  expect((await atChen.post('/documents/1/facts', facts)).status).toBe(303)
  const second = { ...facts, title: '试行办法', until: '2028-03-01' }
  const refused = await atHe.post('/documents/1/facts', second)
  expect(refused.status).toBe(422)
  const shown = await refused.text()
  expect(shown).toContain('刚被别人改过，现在是：办法')
  expect(shown).toContain('到2029-03-01')
  expect(shown).toContain('value="试行办法"')
  expect(
    (await atHe.post('/documents/1/facts', { ...second, seen: seenBehind(shown, '/documents/1/facts">') }))
      .status,
  ).toBe(303)
  expect(await atHe.read('/documents/1')).toContain('value="试行办法"')
  const passage = { at: '4', seen: seenBehind(await atChen.read('/documents/1'), 'name="at" value="4">') }
  await atChen.post('/documents/1/passage', { ...passage, text: '（二）同一项目只补一次。' })
  const late = await (await atHe.post('/documents/1/passage', { ...passage, text: '（二）不重复。' })).text()
  expect(late).toContain(
    '这一段刚被别人改过，现在是：「（二）同一项目只补一次。」。你写的「（二）不重复。」没有保存',
  )
})

test('what may not be kept is refused with a sentence, and nothing of it is stored', async () => {
  const { atChen } = await openDocumentsWorld()
  const cases: [string, Uint8Array, string][] = [
    ['a.txt', text('机密★5年\n关于某事的通知\n内容若干。'), '机密'],
    ['a.txt', text('内部资料\n关于某事的通知\n内容若干。'), '内部资料'],
    ['a.pdf', lockedPdf(), '加了密码'],
    ['a.pdf', scanPdf(), '扫描件'],
    ['a.txt', new Uint8Array(), '空的'],
  ]
  for (const [name, bytes, said] of cases) expect(await atChen.upload(name, bytes)).toContain(said)
  expect(await atChen.read('/documents')).toContain('还没有文件')
})

test('what is too large is refused through the upload, and 500 pages are read', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  const pages = (count: number) => gbkPdf(Array.from({ length: count }, () => shortPage))
  const long = text('第一条 每家企业最高补贴三万元。\n'.repeat(70_000))
  const cases: [string, Uint8Array, string][] = [
    ['a.txt', new Uint8Array(50 * 1024 * 1024 + 1), '超过 50 MB'],
    ['a.pdf', pages(501), '有 501 页，最多读 500 页'],
    ['a.ofd', ofdOf(Array.from({ length: 501 }, () => [])), '有 501 页，最多读 500 页'],
    ['a.txt', long, '超过 100 万字'],
  ]
  for (const [name, bytes, said] of cases) expect(await atChen.upload(name, bytes)).toContain(said)
  expect(await atChen.read('/documents')).toContain('还没有文件')
  expect(await atChen.upload('五百页.pdf', pages(500))).toBe('/documents/1')
  expect(await atHe.read('/documents/1?page=500')).toContain('第 500 页的文字')
})

test('a file that is sent several times at once is one document', async () => {
  const world = createWorld('2026-11-20T08:00:00+08:00')
  const [storing, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const collection: Store['collection'] = (name, ...rest) => {
    const found = world.store.collection(name, ...rest)
    const update: typeof found.update = async (...change) => {
      if (name === 'document-files') {
        storing.resolve()
        await written.promise
      }
      return found.update(...change)
    }
    return { ...found, update }
  }
  const { atChen, atHe } = await openDocumentsWorld({ ...world, store: { ...world.store, collection } })
  const sent = [atChen, atHe, atChen].map(one => one.upload('办法.txt', measures()))
  await storing.promise
  // Files are read one after the other: the others are read when this one is.
  await readStructure(measures(), '又.txt')
  written.resolve()
  expect(await Promise.all(sent)).toEqual(sent.map(() => '/documents/1'))
  expect(await atHe.read('/documents')).not.toContain('2 号')
})

test('the same file is kept once, and everything is there after a restart', async () => {
  const world = { ...createWorld('2026-11-20T08:00:00+08:00'), store: createMemoryStore() }
  const first = await openDocumentsWorld(world)
  const bytes = Buffer.concat([measures(), Buffer.alloc(4 * 1024 * 1024, ' ')])
  expect(await first.atChen.upload('办法.txt', bytes)).toBe('/documents/1')
  expect(await first.atChen.upload('再来.txt', bytes)).toBe('/documents/1')
  const second = await openDocumentsWorld(world)
  const file = await second.atHe.app.request('/documents/1/file')
  expect(bytes.equals(Buffer.from(await file.arrayBuffer()))).toBe(true)
  expect(await second.atHe.read('/documents/1')).toContain('30万元')
})

test('a new version replaces the old one, which is kept as history', async () => {
  const { atChen, atHe, quoted } = await openDocumentsWorld()
  const approve = (number: number) =>
    atHe.post(`/documents/${number}/approve`, { revision: '1', isValidityChecked: 'yes' })
  await atChen.upload('办法.txt', measures())
  await approve(1)
  await atChen.upload('新办法.txt', measures('50万元'))
  expect(await atHe.read('/documents/2')).toContain('替代 <a href="/documents/1">1 号</a>')
  expect(quoted.get('1')?.isSuperseded).toBe(false)
  const texts = quoted
    .get('1')
    ?.passages.map(({ text }) => text)
    .join('')
  expect(texts).toContain('同一项目只补贴一次')
  expect(texts).not.toContain('30万元')
  await approve(2)
  expect(quoted.get('1')?.isSuperseded).toBe(true)
  expect(quoted.get('2')?.isSuperseded).toBe(false)
  expect(await atHe.read('/documents')).toContain('历史，已由 2 号替代')
})

test('a withdrawn version leaves the older one history, unless a reviewer says that it is in force', async () => {
  const { atChen, atHe, he, quoted } = await openDocumentsWorld()
  const replace = async (number: number, limit: string) => {
    await atChen.upload('新办法.txt', measures(limit), { supersedes: '1' })
    await atHe.post(`/documents/${number}/approve`, { revision: '1', isValidityChecked: 'yes' })
  }
  await atChen.upload('办法.txt', measures())
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  await replace(2, '50万元')
  await he.says('撤下文件 2 印错了', '1 号旧版本仍然只当历史')
  expect(quoted.get('1')?.isSuperseded).toBe(true)
  await replace(3, '60万元')
  expect(await atHe.read('/documents/3')).toContain('1 号旧版本其实还有效，恢复引用')
  await atHe.post('/documents/3/withdraw', { reason: '传错了', restoresOlder: 'yes' })
  expect(quoted.get('1')?.isSuperseded).toBe(false)
  await replace(4, '70万元')
  await he.says('撤下文件 4 恢复旧版 传错了', '1 号旧版本恢复引用')
  expect(quoted.get('1')?.isSuperseded).toBe(false)
})

test('anyone may read what two persons approved, not what the file keeps from the public', async () => {
  const { atChen, atHe, documents } = await openDocumentsWorld()
  const approve = (number: number) =>
    atHe.post(`/documents/${number}/approve`, { revision: '1', isValidityChecked: 'yes' })
  await atChen.upload('办法.txt', measures())
  expect(documents.published()).toEqual([])
  await approve(1)
  await atChen.upload('新办法.txt', measures('50万元', '', '榕示科〔2026〕31号'))
  await approve(2)
  const kept = Buffer.concat([measures('5万元', '', '榕示科〔2026〕40号'), text('\n（此件依申请公开）')])
  await atChen.upload('不公开.txt', kept, { supersedes: '2' })
  expect(await atHe.read('/documents/3')).toContain('E空间不放它')
  await approve(3)
  const [first, second, ...others] = documents.published()
  expect(others).toEqual([])
  expect(first).toMatchObject({ number: 1, state: 'replaced', replacedBy: 2 })
  expect(second).toMatchObject({ state: 'replaced', replacedBy: undefined, issuer: '示范区科学技术局' })
  expect(second?.clauses).toContainEqual({ name: '第三条（一）', text: '（一）单家企业最高不超过50万元。' })
})

test('an organizer sends a file in private chat; files of others are left to the line', async () => {
  const { chen, he, mei } = await openDocumentsWorld()
  const sent = (name: string, read: () => Promise<Uint8Array>) => ({ file: { name, read } })
  const say = async (person: typeof chen, name: string, read: () => Promise<Uint8Array>) =>
    (await person.send(person.message(`[文件] ${name}`, sent(name, read)))).map(reply => reply.text)
  const [got] = await say(chen, '办法.txt', async () => measures())
  expect(got).toContain('收下了，是 1 号文件')
  expect(got).toContain('2026年3月2日起，到2029年3月1日止（第四条）')
  expect(await say(he, '又.txt', async () => measures())).toEqual([expect.stringContaining('已经有了')])
  expect(await say(chen, '坏.pdf', () => Promise.reject(new Error('gone')))).toEqual([
    expect.stringContaining('没有收到，请再发一次'),
  ])
  expect(await say(chen, '密.txt', async () => text('秘密★3年\n关于某事的通知\n内容。'))).toEqual([
    expect.stringContaining('没有保存'),
  ])
  expect(await say(mei, '办法.txt', async () => measures())).toEqual([])
})

test('the figures of a recognized passage are typed again before it may be quoted', async () => {
  const world = createWorld('2026-11-20T08:00:00+08:00')
  const first = await openDocumentsWorld(world)
  await first.atChen.upload('办法.txt', measures())
  const documents = openDocumentRecords(world.store)
  await documents.update(
    1,
    now => now && { ...now, passages: now.passages.map(one => ({ ...one, isRecognized: true })) },
  )
  const { atHe, atChen, he, quoted } = await openDocumentsWorld(world)
  const type = async (...figures: string[]) =>
    (
      await atHe.post('/documents/1/figures', [
        ['at', '3'],
        ...figures.map((one): [string, string] => ['figure', one]),
      ])
    ).text()
  expect(await atHe.read('/documents/1')).toContain('把数字一个一个重打')
  expect(await type('80万元')).toContain('重打的是「80万元」，识别出来的是「30万元」')
  expect(await type('')).toContain('一个也不能空')
  await he.says('批准文件 1', '要对着原件看')
  expect(await type('３０万元')).toBe('')
  await atChen.post('/documents/1/approve', { revision: '2', isValidityChecked: 'yes' })
  expect(quoted.size).toBe(0)
  await openDocumentsWorld(world)
  await atHe.post('/documents/1/approve', { revision: '2', isValidityChecked: 'yes' })
  const texts = quoted.get('1')?.passages.map(({ text }) => text)
  expect(texts).toContain('（一）单家企业最高不超过30万元。')
  expect(texts?.join('')).not.toContain('2029年3月1日')
})

test('figures are typed for the text that the form showed, and once', async () => {
  const world = createWorld('2026-11-20T08:00:00+08:00')
  await (await openDocumentsWorld(world)).atChen.upload('办法.txt', measures())
  await openDocumentRecords(world.store).update(
    1,
    now => now && { ...now, passages: now.passages.map(one => ({ ...one, isRecognized: true })) },
  )
  const { atHe, atChen } = await openDocumentsWorld(world)
  const formOf = (page: string) => page.split('/documents/1/figures">')[1] ?? ''
  const typed = (page: string) => ({
    at: '3',
    figure: '30万元',
    seen: seenBehind(formOf(page), 'value="3">'),
  })
  const opened = typed(await atHe.read('/documents/1'))
  await atChen.post('/documents/1/passage', { at: '3', text: '（一）企业最高补30万元。' })
  const late = await atHe.post('/documents/1/figures', opened)
  expect(late.status).toBe(422)
  const shown = await late.text()
  expect(shown).toContain('这一段刚被别人改过，现在是：「（一）企业最高补30万元。」。你打的数字没有保存')
  expect((await atHe.post('/documents/1/figures', typed(shown))).status).toBe(303)
  const second = await atChen.post('/documents/1/figures', typed(shown))
  expect(await second.text()).toContain('何国平刚重打过了，不用再打')
  expect(await atChen.read('/documents/1')).not.toContain('陈静：重打了')
})

test('a file of a collected item stays with it; what was sent back is deleted after a month', async () => {
  const { atChen, atHe, documents, forward, world } = await openDocumentsWorld()
  const page = await atChen.read('/documents?item=12&source=https%3A%2F%2Fkjj.fuzhou.gov.cn%2F1.html')
  for (const said of ['12 号条目', 'value="https://kjj.fuzhou.gov.cn/1.html"']) expect(page).toContain(said)
  await atChen.upload('办法.txt', measures(), { item: '12' })
  expect(documents.documentsOf(12)).toMatchObject([
    { title: expect.stringContaining('示范区科技创新补贴办法'), path: '/documents/1' },
  ])
  await atHe.post('/documents/1/reject', { reason: '缺附件' })
  const pieces = () => world.store.collection('document-files', z.unknown()).list('')
  await forward({ hours: 24 * 20 })
  expect(await atHe.read('/documents')).toContain('已退回')
  expect(await pieces()).toHaveLength(1)
  await forward({ hours: 24 * 12 })
  expect(await atHe.read('/documents')).toContain('还没有文件')
  expect(await pieces()).toEqual([])
})

test('an erased person is named no more; the documents stay', async () => {
  const { atChen, atHe, documents } = await openDocumentsWorld()
  await atChen.upload('办法.txt', measures())
  const personal = documents.feature.personal
  const chen = { memberId: 'm-chen', chatIds: ['chen'], names: ['陈静'] }
  expect(await personal?.kept(chen)).toEqual(['上传或审核过的文件：1 份'])
  await personal?.forget(chen, 'x')
  expect(await personal?.kept(chen)).toEqual([])
  const page = await atHe.read('/documents/1')
  expect(page).not.toContain('陈静')
  expect(page).toContain('30万元')
})

test('a document that was sent back or withdrawn by mistake is restored, for thirty days', async () => {
  const documents = await openDocumentsWorld()
  const { chen, he, atChen, atHe, quoted, forward } = documents
  await atChen.upload('办法.txt', measures())
  await chen.says('恢复文件 1', '没有可以恢复的')
  await he.says('退回文件 1 缺一页', '30 天内说「恢复文件 1」')
  expect(await atHe.read('/documents/1')).toContain('放回等审核')
  const told = await atChen.read('/documents/1')
  expect(told).toMatch(/class="problem">[^<]*退回：缺一页/u)
  expect(told).toContain('在文件库重新上传一份')
  await he.says('恢复文件 1', '又等审核了')
  await he.says('文件 1', '30万元')
  await he.says('批准文件 1', '可以引用')
  await approveNewVersion(documents)
  await he.says('撤下文件 2 恢复旧版 传错了', '1 号旧版本恢复引用')
  expect(quoted.get('1')?.isSuperseded).toBe(false)
  const page = await atHe.read('/documents/2')
  expect(page).toContain('1 号旧版本又变回历史版本')
  expect((await atHe.post('/documents/2/restore', {})).status).toBe(303)
  expect([quoted.has('2'), quoted.get('1')?.isSuperseded]).toEqual([true, true])
  expect(await atHe.read('/documents/2')).toContain('撤销撤下')

  // The same file that was uploaded anew takes its place.
  await he.says('撤下文件 2', '撤下了')
  await atChen.upload('新办法.txt', measures('50万元', '', '榕示科〔2026〕13号'), { supersedes: '1' })
  await he.says('恢复文件 2', '已经重新上传了，是 3 号')
  await he.says('退回文件 3 重了', '退回了')
  await forward({ hours: 24 * 31 })
  await he.says('恢复文件 2', '超过 30 天')
  expect(quoted.has('2')).toBe(false)
})

test('the clause that says how long a document holds is named without its stop', async () => {
  const { atChen, he } = await openDocumentsWorld()
  const notice =
    '关于创业补贴的通知\n各企业：\n一、每户1万元。\n二、本通知自2026年1月1日起施行，有效期至2028年12月31日。'
  await atChen.upload('通知.txt', new TextEncoder().encode(notice))
  await he.says('文件 1', '到2028年12月31日止（二）')
})

test('a withdrawn document is not restored beside the one that took its place, but in the place of the old one', async () => {
  const documents = await openDocumentsWorld()
  const { he, atChen, quoted } = documents
  await atChen.upload('办法.txt', measures())
  await he.asks('文件 1', '30万元')
  await he.says('批准文件 1', '可以引用')
  await approveNewVersion(documents)
  await he.says('撤下文件 2 数字错了', '撤下了')
  await atChen.upload('改正的.txt', measures('40万元', '', '榕示科〔2026〕13号'), { supersedes: '1' })
  await he.asks('文件 3', '40万元')
  await he.says('批准文件 3', '可以引用')
  await he.says('恢复文件 2', '已经代替了它')
  expect(quoted.has('2')).toBe(false)
  await he.says('撤下文件 3 恢复旧版', '1 号旧版本恢复引用')
  expect(quoted.get('1')?.isSuperseded).toBe(false)
  await he.says('恢复文件 2', '可以引用')
  expect([quoted.has('2'), quoted.get('1')?.isSuperseded]).toEqual([true, true])
})

test('an upload that its sender attached to a push is sent back; what others uploaded or changed stays', async () => {
  const { chen, he, atChen, atHe, documents, forward } = await openDocumentsWorld()
  const send = async (bytes: Uint8Array) =>
    (
      await chen.send(
        chen.message('[文件] 办法.txt', { file: { name: '办法.txt', read: async () => bytes } }),
      )
    )[0]?.text
  expect(await send(measures())).toContain('接着说「加附件」和推送的编号')
  expect(await documents.sendBackAttached(measures(), 'he')).toBeUndefined()
  expect(await documents.sendBackAttached(measures('9万元'), 'chen')).toBeUndefined()
  expect(await documents.sendBackAttached(measures(), 'chen')).toBe(1)
  await chen.says('文件库', '没有等审核的文件')
  await he.says('恢复文件 1', '又等审核了')
  expect(await documents.sendBackAttached(measures(), 'chen')).toBeUndefined()

  await send(measures('40万元'))
  await atHe.post('/documents/2/passage', { at: '4', text: '（二）改过。' })
  expect(await documents.sendBackAttached(measures('40万元'), 'chen')).toBeUndefined()

  await send(measures('50万元'))
  await forward({ minutes: 31 })
  expect(await documents.sendBackAttached(measures('50万元'), 'chen')).toBeUndefined()

  await atChen.upload('网页上传.txt', measures('60万元'))
  await send(measures('70万元'))
  await atChen.upload('两处都传.txt', measures('70万元'))
  expect(await documents.sendBackAttached(measures('60万元'), 'chen')).toBeUndefined()
  expect(await documents.sendBackAttached(measures('70万元'), 'chen')).toBeUndefined()
  expect(await atChen.read('/documents')).toContain('等审核')
})

test('a look at a deleted document approves none that got its number', async () => {
  const { chen, he, atChen, forward } = await openDocumentsWorld()
  await atChen.upload('办法.txt', measures())
  await he.asks('文件 1', '30万元')
  await he.says('退回文件 1 缺页', '退回了')
  await forward({ hours: 24 * 20 })
  await forward({ hours: 24 * 12 })
  await chen.says('文件 1', '没有 1 号文件')
  await atChen.upload('别的.txt', measures('90万元'))
  await he.says('批准文件 1', '先不算批准')
})
