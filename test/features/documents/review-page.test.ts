import { expect, test } from 'vitest'
import { clauseOf } from '../../../src/features/documents/words.ts'
import { sayPath } from '../../../src/features/faq/quotes/extent.ts'
import { clauseKey } from '../../../src/text/notices/clause-key.ts'
import { docxOf, numbered } from '../../documents/packed-files.ts'
import { measures, openDocumentsWorld } from './world.ts'

test('a file without pages is not said to have one', async () => {
  const { atChen } = await openDocumentsWorld()
  await atChen.upload('办法.txt', measures())
  await atChen.upload(
    '细则.docx',
    docxOf(`${numbered('关于设备共享的规定')}${numbered('设备可以共享。', 0)}`),
  )
  for (const number of [1, 2]) {
    const page = await atChen.read(`/documents/${number}`)
    expect(page).toContain('<h2>读出来的文字</h2>')
    expect(page).not.toMatch(/1 页/u)
  }
  expect(await atChen.read('/documents/2')).toContain('<h2>原件的段落</h2>')
})

test('what differs between two versions is marked in both', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  await atChen.upload('旧.txt', measures('30万元，当年结清'))
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  await atChen.upload('新.txt', measures('50万元，次年结清', '', '榕示科〔2026〕31号'))
  const page = await atChen.read('/documents/2/compare')
  expect(page).toContain('（一）单家企业最高不超过<mark>30万元</mark>，<mark>当</mark>年结清。')
  expect(page).toContain('（一）单家企业最高不超过<mark>50万元</mark>，<mark>次</mark>年结清。')
})

test.each([
  [
    '办法.txt',
    '第一条 支持企业创新。\n\n第二条 每家5万元。',
    ['第一条 支持企业创新。', '第二条 每家5万元。'],
  ],
  ['办法.md', '# 某办法\n\n| 档次 | 金额 |\n| --- | --- |\n| 甲 | 5万元 |', ['# 某办法', '| 甲 | 5万元 |']],
  [
    '办法.html',
    '<html><head><title>x</title><script>var a = 1</script></head><body><ul><li>首页</li></ul><div class="article"><h1>某办法</h1><p>第一条 支持企业\n创新。</p><p>第二条 每家5万元。</p><table><tr><td>甲</td><td>5万元</td></tr></table></div></body></html>',
    ['首页', '第一条 支持企业 创新。', '甲 | 5万元'],
  ],
])('%s stands beside what was read of it, line by line', async (name, text, lines) => {
  const { atChen } = await openDocumentsWorld()
  await atChen.upload(name, new TextEncoder().encode(text))
  const source =
    /aria-label="原件的段落">([\s\S]*?)<\/section>/u.exec(await atChen.read('/documents/1'))?.[1] ?? ''
  for (const line of lines) expect(source).toContain(`<p class="start">${line}</p>`)
  expect(source).not.toContain('var a')
})

test('a page of many paragraphs is shown in parts, and the marked one is among them', async () => {
  const { atChen } = await openDocumentsWorld()
  const lines = Array.from({ length: 450 }, (_, at) => `第 ${at + 1} 家企业可以申请补贴。`)
  await atChen.upload('名单说明.txt', new TextEncoder().encode(['关于补贴的说明', ...lines].join('\n')))
  const shownIn = async (query: string) =>
    [...(await atChen.read(`/documents/1${query}`)).matchAll(/<article id="p(\d+)"/gu)].map(([, at]) =>
      Number(at),
    )
  const first = await shownIn('')
  expect(first).toHaveLength(200)
  expect(await atChen.read('/documents/1')).toContain('href="/documents/1?page=1&amp;from=200">后面 →</a>')
  expect((await shownIn('?page=1&from=200'))[0]).toBe(200)
  expect(await shownIn('?page=1&from=449')).toHaveLength(50)
  const clause = /<article id="p300"[^>]*>\s*<p class="hint">([^<]+)/u.exec(
    await atChen.read('/documents/1?page=1&from=300'),
  )
  const page = await atChen.read(`/documents/1?at=${encodeURIComponent(clause?.[1] ?? '')}`)
  expect(page).toContain('id="p300" class="passage cited"')
})

test('it is approved only by who turned to all of it, and again to what was corrected since', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  const lines = Array.from({ length: 450 }, (_, at) => `第 ${at + 1} 家企业可以申请补贴。`)
  await atChen.upload('名单说明.txt', new TextEncoder().encode(['关于补贴的说明', ...lines].join('\n')))
  const approve = async (revision: string) =>
    (await atHe.post('/documents/1/approve', { revision, isValidityChecked: 'yes' })).text()
  expect(await atHe.read('/documents/1')).toContain(
    '后面还有 250 段你没有翻到。<a href="/documents/1?page=1&amp;from=200">',
  )
  expect(await approve('1')).toContain('后面还有 250 段你没有翻到。请对着原件看过再批准，现在还没有批准。')
  await atHe.read('/documents/1?page=1&from=200')
  const last = await atHe.read('/documents/1?page=1&from=400')
  expect(last).not.toContain('没有翻到')
  const version =
    /name="at" value="449">\s*<input type="hidden" name="seen" value="([^"]+)"/u.exec(last)?.[1] ?? ''
  await atChen.post('/documents/1/passage', { at: '449', text: '第 450 家企业不能申请补贴。', seen: version })
  expect(await approve('2')).toContain('后面还有 1 段你没有翻到。')
  expect(await atHe.read('/documents/1?page=1&from=400')).toContain('不能申请')
  expect(await approve('2')).not.toContain('没有翻到')
  expect(await atHe.read('/documents/1')).toContain('可引用')
})

test('the page of a document that no longer holds does not call it quotable', async () => {
  const { atChen, atHe } = await openDocumentsWorld()
  await atChen.upload('旧.txt', measures())
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  expect(await atChen.read('/documents/1')).toContain('可引用')
  await atChen.upload('新.txt', measures('50万元', '', '榕示科〔2026〕31号'))
  await atHe.post('/documents/2/approve', { revision: '1', isValidityChecked: 'yes' })
  const old = await atChen.read('/documents/1')
  expect(old).toContain('历史，已由 2 号替代')
  expect(old).not.toContain('可引用')
})

test('a title within a title has the inner marks in chat', async () => {
  const { atChen, chen, he } = await openDocumentsWorld()
  await atChen.upload('旧.txt', measures())
  await he.says('文件 1', '关于印发')
  await he.says('批准文件 1', '1 号文件《关于印发〈示范区科技创新补贴办法〉的通知》批准了')
  await chen.says('撤下文件 1 印错了', '1 号文件《关于印发〈示范区科技创新补贴办法〉的通知》撤下了')
})

test('the digits of two labels do not become one number', () => {
  expect(clauseOf({ path: ['附件2', '1.'] }, 0)).toBe('附件2 1.')
  expect(sayPath(['附件2', '1.', '（一）'])).toBe('附件2 1（一）')
  expect(clauseKey(['附件2 1.'])).toBe(clauseKey(['附件2', '1.']))
})
