import { fileURLToPath } from 'node:url'
import { renderAsync } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { createPictures } from '../../src/adapters/pictures.ts'

const pictures = createPictures()
const drawing = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><text x="10" y="35" font-size="24">${text}</text></svg>`

test('a drawing becomes a PNG of the width asked for', async () => {
  const png = Buffer.from(await pictures.png(drawing('签到'), 800))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([800, 200])
})

test('Chinese type comes with the bot: every character has a shape of its own', async () => {
  const pages = await Promise.all(['签', '到', '缺', '㸚'].map(text => pictures.png(drawing(text), 200)))
  expect(new Set(pages.map(page => Buffer.from(page).toString('base64'))).size).toBe(pages.length)
})

test('what is no drawing is refused', async () => {
  await expect(pictures.png('<p>签到</p>', 200)).rejects.toThrow()
})

test('it is the picture that the whole font gives, with composed characters and missing ones', async () => {
  const svg = drawing('签到——fi ée\u0301½№ 20%<tspan font-weight="700">「Ω」AV</tspan>\u{1f436}')
  const fontFiles = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map(file =>
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${file}`)),
  )
  const whole = await renderAsync(svg, {
    fitTo: { mode: 'width', value: 400 },
    background: '#fff',
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Noto Sans SC' },
  })
  expect(Buffer.from(await pictures.png(svg, 400)).equals(whole.asPng())).toBe(true)
})
