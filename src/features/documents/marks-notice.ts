import type { Outbox } from '../../outbox/index.ts'
import type { RecordedActor } from '../../ports/actor.ts'
import type { Recheck } from '../../ports/clauses.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { DocumentLibrary } from './library/library.ts'
import type { LibraryDocument } from './library/records.ts'
import { marksOf } from './marks.ts'
import { basePath, inTitleMarks } from './words.ts'

type Parts = {
  outbox: Outbox
  directory: Pick<Directory, 'holders' | 'identitiesOf'>
  clock: Clock
  library: DocumentLibrary
  rechecks(): Promise<Recheck[]>
}

const maxLateHours = 72

/**
 * Tells the other organizers and reviewers at once that a file under review marks what is told: one person alone put
 * that before the public, and any of them can take it back.
 */
export function createMarksNotice({ outbox, directory, clock, library, rechecks }: Parts) {
  return async (document: LibraryDocument, by: RecordedActor): Promise<void> => {
    const marks = marksOf(document, library.all())
    if (!marks) return
    const { number, title } = document
    const resting = (await rechecks()).filter(one => one.changed.some(({ path }) => isPageOf(path, number)))
    const listed = resting.length > 0 ? `，引用它们的 ${resting.length} 处内容列进了「要核」` : ''
    const lines = [
      `${by.name}传了一份新版本，还没审：${number} 号文件${inTitleMarks(title)}。`,
      `${marks.older} 号里 ${marks.clauses} 处条文现在标着「文件有更新，正在核」${listed}。`,
      `请说「文件 ${number}」看看。传错了，说「退回文件 ${number} 原因」，马上照旧。`,
    ]
    const own = await directory.identitiesOf(by.id)
    const holders = new Set([
      ...(await directory.holders('organizer')),
      ...(await directory.holders('reviewer')),
    ])
    const notAfter = clock.now().add({ hours: maxLateHours })
    await outbox.post(
      [...holders]
        .filter(id => id !== by.id && !own.has(id))
        .map(personId => ({
          key: `document-marks-${document.file.sha256.slice(0, 8)}-${number}-${marks.older}/${personId}`,
          target: { personId },
          kind: 'prompt' as const,
          reply: { text: lines.join('\n') },
          notAfter,
        })),
    )
  }
}

const isPageOf = (path: string | undefined, number: number) => path?.split('?')[0] === `${basePath}/${number}`
