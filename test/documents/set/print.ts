import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { type Block, type Sample, sampleGroups, samplesOf } from './sample.ts'
import { flatDocument } from './writer.ts'

/**
 * Prints with Chromium, and saves with a word processor as .doc, the documents that are read so, into `files/`; run
 * again when their texts change:
 *
 *   node test/documents/set/print.ts [group]
 */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const tags: Partial<Record<Block['kind'], string>> = { title: 'h1', label: 'div', h: 'h3' }

const plainSheet = `body { font: 16px/1.9 "Noto Sans CJK SC" } p { margin: 0; text-indent: 2em; text-align: justify }
    h1 { font-size: 24px; text-align: center; padding: 0 3em } h3 { font-size: 16px; margin: 0; text-indent: 2em }
    .to, .label, .start, .copy { text-indent: 0 } .sign, .date { text-align: right; padding-right: 2em }
    table { border-collapse: collapse; width: 100% } td { border: 1px solid #000; width: 30% }`
/** Serif, narrow paragraphs with space between them, spaced titles, small tables. */
const sheet = `body { font: 14px/1.6 "Noto Serif CJK SC" } p, h3 { margin: 6px 0; text-indent: 2em } h3 { font-size: 14px; font-weight: 700 }
    h1 { font-size: 22px; text-align: center; letter-spacing: 2px; margin: 4px 0 } .mark { font-size: 28px; color: #c00; text-align: center; text-indent: 0; letter-spacing: 6px }
    .no { text-align: center; text-indent: 0; border-bottom: 2px solid #c00 } .to, .label, .start, .copy { text-indent: 0 } .sign, .date { text-align: right; padding-right: 4em }
    table { border-collapse: collapse; width: 90%; margin: 8px auto; font-size: 12px } td { border: 1px solid #666; padding: 2px 8px; text-align: center }`

/** Small pages with a title each time; articles in bold. */
const booklet = `${sheet} body { font-size: 12px; line-height: 1.7 } p { margin: 0; text-align: justify } h1, .mark { font-size: 18px }`
/** Three narrow columns on a landscape page below a title over all, as gazettes are set. */
const threeColumns = `body { font: 11px/1.6 "Noto Serif CJK SC"; columns: 3; column-gap: 7mm } p { margin: 0; text-indent: 2em; text-align: justify }
    h1 { column-span: all; font-size: 19px; text-align: center; margin: 0 } h3 { font-size: 11px; text-align: center; margin: 5px 0 } .no { column-span: all; text-align: center; margin-bottom: 6px }
    .to { text-indent: 0 } .sign, .date { text-align: right } .annex { font-size: 14px; text-align: center; text-indent: 0; margin: 8px 0 }`
/** Two columns below a title over both. */
const columns = `body { font: 12px/1.7 "Noto Sans CJK SC"; columns: 2; column-gap: 9mm } p { margin: 0; text-indent: 2em; text-align: justify }
    h1 { column-span: all; font-size: 20px; text-align: center; margin: 0 } h3 { font-size: 13px; text-align: center; margin: 6px 0 } .label { column-span: all; text-align: center; margin-bottom: 8px }`

function pageOf({ blocks }: Sample, sheet = plainSheet): string {
  const written = blocks.map(({ kind, text }, at) => {
    if (kind !== 'row') return `<${tags[kind] ?? 'p'} class="${kind}">${escaped(text)}</${tags[kind] ?? 'p'}>`
    const cells = text.split(' | ').map(cell => `<td>${escaped(cell)}</td>`)
    const isFirst = blocks[at - 1]?.kind !== 'row'
    const isLast = blocks[at + 1]?.kind !== 'row'
    return `${isFirst ? '<table>' : ''}<tr>${cells.join('')}</tr>${isLast ? '</table>' : ''}`
  })
  return `<meta charset="utf-8"><style>
    ${sheet}
  </style>${written.join('\n')}`
}

const files = join(import.meta.dirname, 'files')
const chosen = process.argv[2]
const all = sampleGroups.filter(group => chosen === undefined || group === chosen).flatMap(samplesOf)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  mkdirSync(files, { recursive: true })
  for (const sample of all.filter(each => each.maker === 'chromium')) {
    const page = await browser.newPage()
    await page.setContent(pageOf(sample))
    const bytes = await page.pdf({
      format: 'A4',
      displayHeaderFooter: true,
      margin: { top: '25mm', bottom: '25mm', left: '28mm', right: '26mm' },
    })
    writeFileSync(join(files, `${sample.name}.pdf`), bytes)
  }
  for (const sample of all.filter(each => each.maker === 'print')) {
    const page = await browser.newPage()
    await page.setContent(pageOf(sample, sheet))
    const bytes = await page.pdf({
      format: 'A4',
      displayHeaderFooter: true,
      headerTemplate: `<div style="font-size:9px;width:100%;text-align:right;padding-right:20mm">${sample.head.number ?? ''}</div>`,
      footerTemplate:
        '<div style="font-size:9px;width:100%;text-align:center">第 <span class="pageNumber"></span> 页 共 <span class="totalPages"></span> 页</div>',
      margin: { top: '22mm', bottom: '22mm', left: '20mm', right: '20mm' },
    })
    writeFileSync(join(files, `${sample.name}.pdf`), bytes)
  }
  for (const sample of all.filter(each => each.maker === 'booklet' || each.maker === 'columns')) {
    const page = await browser.newPage()
    await page.setContent(pageOf(sample, sample.maker === 'columns' ? columns : booklet))
    const bytes = await page.pdf({
      format: sample.maker === 'columns' ? 'A4' : 'A5',
      displayHeaderFooter: true,
      headerTemplate: `<div style="font-size:8px;width:100%;text-align:center">${sample.head.title}</div>`,
      footerTemplate:
        '<div style="font-size:8px;width:100%;text-align:center">- <span class="pageNumber"></span> -</div>',
      margin: { top: '20mm', bottom: '18mm', left: '18mm', right: '18mm' },
    })
    writeFileSync(join(files, `${sample.name}.pdf`), bytes)
  }
  for (const sample of all.filter(each => each.maker === 'threecolumns')) {
    const page = await browser.newPage()
    await page.setContent(pageOf(sample, threeColumns))
    const bytes = await page.pdf({
      format: 'A4',
      landscape: true,
      displayHeaderFooter: true,
      headerTemplate: '<div style="font-size:8px;width:100%;padding-left:15mm">政府公报</div>',
      footerTemplate:
        '<div style="font-size:8px;width:100%;text-align:center">·<span class="pageNumber"></span>·</div>',
      margin: { top: '18mm', bottom: '16mm', left: '15mm', right: '15mm' },
    })
    writeFileSync(join(files, `${sample.name}.pdf`), bytes)
  }
} finally {
  await browser.close()
}

for (const sample of all.filter(each => each.maker === 'doc')) {
  const source = join(files, `${sample.name}.html`)
  writeFileSync(source, pageOf(sample))
  execFileSync('soffice', ['--headless', '--convert-to', 'doc:MS Word 97', '--outdir', files, source])
  rmSync(source)
}

for (const sample of all.filter(each => each.maker === 'writer' || each.maker === 'typeset')) {
  const source = join(files, `${sample.name}.fodt`)
  const isPdf = sample.maker === 'typeset'
  writeFileSync(source, flatDocument(sample, !isPdf))
  const target = isPdf ? 'pdf' : 'docx:MS Word 2007 XML'
  execFileSync('soffice', ['--headless', '--convert-to', target, '--outdir', files, source])
  rmSync(source)
}
