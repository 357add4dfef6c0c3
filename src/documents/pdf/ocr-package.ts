/** Reads pictures; who wants scans to be read installs it, as it is large. */
export const ocrPackage = '@gutenye/ocr-node'

/** Without its scripts: they fetch programs for graphics cards, which are not used, from abroad. */
export const ocrInstallation = `npm install --no-save --ignore-scripts ${ocrPackage}`

/** Whether it is installed. */
export function hasOcr(): boolean {
  try {
    return import.meta.resolve(ocrPackage) !== ''
  } catch {
    return false
  }
}
