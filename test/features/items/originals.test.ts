import { expect, test } from 'vitest'
import { fileInDownload } from '../../../src/features/items/sources/originals.ts'
import { openSite } from '../../adapters/web/site.ts'
import { openItemsWorld } from './world.ts'

const html = { 'Content-Type': 'text/html; charset=utf-8' }
const words =
  '<p>各有关单位：现将有关事项通知如下，请于12月15日前完成网上填报，逾期不予受理，材料一式两份。</p><p>联系人：创新科。</p>'
const page = (markup: string) => ({ headers: html, body: `<!doctype html><meta charset="utf-8">${markup}` })
const titled = (markup: string) => page(`<h1>关于培育工作的通知</h1>${markup}<div id="zoom">${words}</div>`)
const pdf = '%PDF-1.4\n1 0 obj\nstream\n¥57 ¥4\nendstream\n%%EOF'

test('an old page without a label keeps its year, and so do its days', async () => {
  const site = await openSite({ '/1': titled('<span>2024-11-18 10:22</span>') })
  const { org } = await openItemsWorld()
  const [said] = await org.says(`收录 ${site.url}/1`, '1 号条目')
  expect(said?.text).toContain('2024年11月18日')
  expect(said?.text).toContain('截止 2024年12月15日')
})

test('a page without any date: no year is made up, and a person is asked to check', async () => {
  const site = await openSite({ '/1': titled('') })
  const { org } = await openItemsWorld()
  const [said] = await org.says(`收录 ${site.url}/1`, '1 号条目')
  expect(said?.text).toContain('没有找到截止日')
  expect(said?.text).toContain('网页上没找到发布日期')
  expect(said?.text).toContain('没有发布日期')
  expect(said?.text).toMatch(/正文里的 \d+月\d+日 没写年份/u)
})

test.each([
  ['/a.pdf', 'application/pdf', pdf, '原文是 PDF，请打开看'],
  ['/a.pdf', 'application/octet-stream', pdf, '原文是 PDF，请打开看'],
  ['/download', 'text/html', pdf, '原文是 PDF，请打开看'],
  [
    '/a.docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'PK\u0003\u0004xx',
    '原文是 Word 文件，请打开看',
  ],
  ['/a.doc', 'application/msword', 'xx', '原文是 Word 文件，请打开看'],
  ['/a.jpg', 'image/jpeg', 'xx', '原文是图片，请打开看'],
])('a link to a file (%s, %s) keeps its title and says so', async (path, type, content, reason) => {
  const site = await openSite({ [path]: { headers: { 'Content-Type': type }, body: content } })
  const { org } = await openItemsWorld()
  const [said] = await org.says(`收录 关于申报创新券的通知 ${site.url}${path}`, '1 号条目')
  expect(said?.text).toContain(reason)
  expect(said?.text).not.toContain('¥')
  await org.says(`收录 ${site.url}${path}`, reason)
})

test('a page of any type is no file', () => {
  const url = 'https://example.org/x'
  expect(fileInDownload({ mediaType: 'application/octet-stream', url, text: '<html>' })).toBeUndefined()
  expect(fileInDownload({ mediaType: '', url, text: '通知' })).toBeUndefined()
  expect(fileInDownload({ mediaType: 'application/rss+xml', url, text: '<rss>' })).toBeUndefined()
})

test('a page that sends its readers on is followed', async () => {
  const site = await openSite({
    '/1': page('<meta http-equiv="refresh" content="0;url=b/2">'),
    '/b/2': titled('<span>2026-11-18</span>'),
  })
  const { org } = await openItemsWorld()
  const [said] = await org.says(`收录 ${site.url}/1`, '关于培育工作的通知')
  expect(said?.text).toContain('截止 2026年12月15日')
})

test('a page without text says so', async () => {
  const site = await openSite({ '/1': page('<title>新政发布</title><div id="app"></div>') })
  const { org } = await openItemsWorld()
  const [said] = await org.says(`收录 ${site.url}/1`, '1 号条目')
  expect(said?.text).toContain('网页上没有文字')
})

test('a page whose text is its title alone, since a script fetches the rest, says so', async () => {
  const body =
    '<h1>关于培育工作的通知</h1><textarea style="display:none">&lt;p&gt;各有关单位&lt;/p&gt;</textarea>'
  const site = await openSite({ '/1': page(body) })
  const { org } = await openItemsWorld()
  const [said] = await org.says(`收录 ${site.url}/1`, '1 号条目')
  expect(said?.text).toContain('网页上没有文字')
})
