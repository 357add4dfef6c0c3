import { expect, test } from 'vitest'
import { createQuotations } from '../../../src/features/faq/quotes/quotations.ts'
import { createWorld } from '../../conversation.ts'
import { ofdOf } from '../../documents/packed-files.ts'
import { gbkPdf } from '../../documents/set/pages.ts'
import { openFaqChat } from '../faq/chat.ts'
import { openOffice } from '../faq/knowledge-office.ts'
import { measures, openDocumentsWorld } from './world.ts'

const clause = '第三条 单家企业每年最高补贴三十万元，同一项目只补贴一次。'
const sheet = (texts: readonly string[]) => texts.map((text, at) => ({ text, x: 5, y: 5 + 2 * at, size: 1 }))
const pages = () =>
  gbkPdf([
    sheet([
      '示范区科学技术局',
      '关于印发《示范区科技创新补贴办法》的通知',
      '第一条 为支持科技创新，制定本办法。',
    ]),
    sheet([clause, '第四条 本办法自2026年3月2日起施行，有效期至2029年3月1日。']),
  ])
const question = '示范区科技创新补贴办法第三条怎么说'

/** A group in which the clauses of an approved library are quoted. */
async function openQuoting(address?: string) {
  const world = createWorld('2026-11-20T08:00:00+08:00')
  const quotations = createQuotations()
  const library = await openDocumentsWorld(world, {
    quotable: quotations,
    addressOf: ({ number }, name) => address && `${address}/${number}#${name}`,
  })
  const { answerer } = await openOffice({
    world,
    clauses: library.documents.clauses,
    quote: quotations.find,
  })
  const { originalPage, hasOriginal } = library.documents
  const { mei, lin } = openFaqChat({ world, answerer, originalPage, hasOriginal })
  /** Once the reviewer has turned to both pages. */
  async function approve() {
    for (const page of [1, 2]) await library.atHe.read(`/documents/1?page=${page}`)
    return library.atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  }
  return { ...library, mei, lin, approve }
}

test('the page of a quotation comes as a picture on request, from the page on which it stands', async () => {
  const { atChen, approve, mei, lin } = await openQuoting()
  await atChen.upload('办法.pdf', pages())
  await approve()
  await mei.asks(question, '看原件的这一页，回复「原页」')
  expect(await lin.send(lin.message('原页'))).toEqual([])
  const [reply] = await mei.send(mei.message('原页'))
  expect(reply?.text).toContain('第三条，原件第 2 页')
  expect(reply?.file).toMatchObject({ name: '原件第2页.png', mimeType: 'image/png' })
  expect(
    Buffer.from(reply?.file?.bytes ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})

test('a page of an OFD comes as a picture too, in chat and beside its text on the console', async () => {
  const { atChen, approve, mei } = await openQuoting()
  const lines = (texts: readonly string[]) => texts.map((text, at) => ({ text, x: 25, y: 30 + 12 * at }))
  const file = ofdOf([
    lines([
      '示范区科学技术局',
      '关于印发《示范区科技创新补贴办法》的通知',
      '第一条 为支持科技创新，制定本办法。',
    ]),
    lines([clause, '第四条 本办法自2026年3月2日起施行，有效期至2029年3月1日。']),
  ])
  await atChen.upload('办法.ofd', file)
  expect(await atChen.read('/documents/1?page=2')).toContain('src="/documents/1/pages/2"')
  const drawn = await atChen.app.request('/documents/1/pages/2')
  expect(drawn.headers.get('content-type')).toBe('image/png')
  const bytes = Buffer.from(await drawn.arrayBuffer())
  // The width in the head of a PNG, in pixels.
  expect(bytes.readUInt32BE(16)).toBe(1000)
  expect((await atChen.app.request('/documents/1/pages/3')).status).toBe(404)
  await approve()
  await mei.asks(question, '看原件的这一页，回复「原页」')
  const [reply] = await mei.send(mei.message('原页'))
  expect(reply?.text).toContain('第三条，原件第 2 页')
  expect(reply?.text).toContain('图片只画了框，印章没有画')
  expect(reply?.file).toMatchObject({ name: '原件第2页.png', mimeType: 'image/png' })
  expect(bytes.equals(Buffer.from(reply?.file?.bytes ?? []))).toBe(true)
})

test('a file without pages is shown by its public address, and by a person where it has none', async () => {
  const source = 'https://kjj.fuzhou.gov.cn/1.html'
  const published = await openQuoting('https://e.example.cn/documents')
  await published.atChen.upload('办法.txt', measures(), { source })
  await published.approve()
  await published.mei.asks(question, '看原件的这一页，回复「原页」')
  const [reply] = await published.mei.send(published.mei.message('原页'))
  expect(reply?.text).toContain(`公布的网页：${source}`)
  expect(reply?.text).toContain('E空间：https://e.example.cn/documents/1#第三条')
  expect(reply?.file).toBeUndefined()

  const plain = await openQuoting()
  await plain.atChen.upload('办法.txt', measures())
  await plain.approve()
  const [told] = await plain.mei.asks(question, '文件原文')
  expect(told?.text).not.toContain('原页')
  await plain.mei.asks('原页', '没有页的图，也没有公开的网址。要看原件，请对我说「转人工」')
})

test('the page of a document that was withdrawn since is not shown', async () => {
  const { atChen, atHe, approve, mei, documents } = await openQuoting()
  await atChen.upload('办法.pdf', pages())
  await approve()
  await mei.asks(question, '文件原文')
  await atHe.post('/documents/1/withdraw', { reason: '印错了' })
  const [reply] = await mei.send(mei.message('原页'))
  expect(reply?.file).toBeUndefined()
  expect(reply?.text).toMatch(/变了/u)
  const place = { documentId: '1', page: 2, text: clause }
  expect(await documents.originalPage(place)).toEqual({ text: '这份文件刚刚撤下了，不再引用。' })
})
