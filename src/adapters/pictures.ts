import { fileURLToPath } from 'node:url'
import { renderAsync } from '@resvg/resvg-js'
import { type Pictures, pictureFont } from '../ports/pictures.ts'

const fontFiles = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'].map(file =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${file}`)),
)

/** Draws off the main thread, so that no answer waits for a picture. */
export function createPictures(): Pictures {
  return {
    async png(svg, widthPx) {
      const drawn = await renderAsync(svg, {
        fitTo: { mode: 'width', value: widthPx },
        background: '#fff',
        // A machine's own fonts are left alone: the same drawing must be the same picture everywhere.
        font: { loadSystemFonts: false, fontFiles, defaultFontFamily: pictureFont },
      })
      return drawn.asPng()
    },
  }
}
