/** Stands in a template for the text. */
export const placeholder = '{{text}}'

/** The template with the text in it: the placeholder stands inside a JSON string, so the text is escaped as one. */
export function fillJsonTemplate(template: string, text: string): string {
  return template.replaceAll(placeholder, () => JSON.stringify(text).slice(1, -1))
}

/** Whether a template makes JSON that holds the text, whatever is in it. */
export function isJsonTemplate(template: string): boolean {
  if (!template.includes(placeholder)) return false
  try {
    JSON.parse(fillJsonTemplate(template, '"\\\n'))
    return true
  } catch {
    return false
  }
}
