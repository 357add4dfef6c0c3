import type { Feature } from '../../feature.ts'
import type { KnowledgeEdits } from '../../ports/knowledge-edits.ts'
import { type BoxParts, createSuggestions } from './box.ts'
import { suggestionsPage } from './page.ts'

/** Proposals for the knowledge files, from the inbox of questions to whoever writes the files. */
export function suggestions(parts: BoxParts): { feature: Feature; edits: KnowledgeEdits } {
  const box = createSuggestions(parts)
  return { edits: box, feature: { name: 'suggestions', pages: [suggestionsPage(box, parts.clock)] } }
}
