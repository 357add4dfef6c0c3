import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPdf } from '../../src/documents/pdf/pdf.ts'
import { recognizeScans } from '../../src/documents/pdf/recognition.ts'
import { scanPdf } from './pdf-files.ts'

test('scans are read by the package that was installed, page by page, and marked', async () => {
  const bytes = scanPdf()
  const pages = await readPdf(bytes)
  const seen: string[] = []
  const box = (left: number, right: number, top: number) => [
    [left, top],
    [right, top],
    [right, top + 20],
    [left, top + 20],
  ]
  const ocr = {
    async detect(path: string) {
      seen.push(path)
      expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG')
      return [
        { text: '（一）单家企业最高30万元，由区科技局会同区财政局核定并', box: box(140, 900, 300) },
        { text: '按季度拨付。', box: box(100, 300, 330) },
        { text: '第三条补贴标准如下：', box: box(140, 500, 270) },
      ]
    },
  }
  const [page] = await recognizeScans(bytes, pages, async () => ocr)
  expect(page?.isRecognized).toBe(true)
  expect(page?.paragraphs).toEqual([
    '第三条补贴标准如下：',
    '（一）单家企业最高30万元，由区科技局会同区财政局核定并按季度拨付。',
  ])
  expect(page?.gaps.join()).toContain('数字要对着原件重打')
  expect(existsSync(seen[0] ?? '')).toBe(false)
  expect(await recognizeScans(bytes, pages, async () => undefined)).toEqual(pages)
})

test('a scan in which no text is found is named, and the other pages of its file are read', async () => {
  const bytes = scanPdf()
  const pages = [...(await readPdf(bytes)), { number: 2, paragraphs: ['第一条 每家5万元。'], gaps: [] }]
  const readers = [async () => [], () => Promise.reject(new Error('the model is broken'))]
  for (const detect of readers) {
    const [scan, other] = await recognizeScans(bytes, pages, async () => ({ detect }))
    expect(scan).toEqual({
      number: 1,
      paragraphs: [],
      gaps: ['第 1 页是扫描件，装着的文字识别没认出字来。'],
    })
    expect(other).toEqual(pages[1])
  }
})
