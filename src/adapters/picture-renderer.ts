import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderAsync } from '@resvg/resvg-js'
import subsetFont from 'subset-font'
import { pictureFont } from '../ports/pictures.ts'

const fontFiles = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map(file =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${file}`)),
)

/**
 * Draws a picture as `Pictures` promises. The library maps its font files anew for every character, which takes seconds
 * with 10 MB each: it gets small ones that have this drawing's characters alone.
 */
export async function drawPng(svg: string, widthPx: number): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'chuangke-picture-'))
  try {
    const drawn = await renderAsync(svg, {
      fitTo: { mode: 'width', value: widthPx },
      background: '#fff',
      // A machine's own fonts are left alone: the same drawing must be the same picture everywhere.
      font: {
        loadSystemFonts: false,
        fontFiles: await smallFonts(svg, folder),
        defaultFontFamily: pictureFont,
      },
    })
    return drawn.asPng()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes fonts with the characters of this text into a folder. */
const smallFonts = (text: string, folder: string) =>
  Promise.all(
    fontFiles.map(async file => {
      const small = join(folder, basename(file))
      await writeFile(small, await subsetFont(await readFile(file), text))
      return small
    }),
  )
