import type { Alarms } from '../../../../ports/alarms.ts'
import type { Programme } from '../../records.ts'
import { sayTrouble, soundPiece, troublesBetween, troublesOf } from './checks.ts'
import {
  type Base,
  isSame,
  markOf,
  type Piece,
  type PieceAddress,
  pieceAt,
  placeKey,
  placeOf,
  withPieces,
} from './pieces.ts'
import type { Change, ChangeStep } from './records.ts'

/** A piece that was edited here and changed in its file afterwards: what a person must decide about. */
export type Dispute = { place: PieceAddress; ours: Piece; file: Piece | undefined }
/** An edit that does not fit what stands around it any more, and so is left out. */
export type SetAside = { place: PieceAddress; reason: string }

/** The files and the edits brought together. */
export type KnowledgeState = { base: Base; disputes: Dispute[]; setAside: SetAside[] }

type Edited = { place: PieceAddress; step: ChangeStep; ours: Piece; file: Piece | undefined }

/**
 * The base as it stands: the files, and over them the last edit of each piece. An edit holds on when its file changes
 * afterwards, since a reviewer let it go live, and the two are shown side by side until a person decides; once the
 * file says what the edit says, the edit has done its work. What is not sound any more is left out, file by file as
 * it was.
 * @param live changes that went live, in that order
 */
export function applyChanges(
  seed: Base,
  live: readonly Change[],
  programmes: readonly Programme[],
): KnowledgeState {
  const last = new Map<string, Edited>()
  for (const { steps } of live)
    for (const step of steps) {
      const place = placeOf(step)
      last.set(placeKey(place), { place, step, ours: step.after, file: pieceAt(seed, place) })
    }
  const edited = [...last.values()].filter(({ ours, file }) => !isSame(ours, file))
  const { sound, broken } = soundOf(edited)
  const { kept, setAside } = keepFitting(seed, sound, programmes)
  const disputes = kept
    .filter(({ step, file }) => markOf(file) !== (step.seed ?? ''))
    .map(({ place, ours, file }) => ({ place, ours, file }))
  return { base: withPieces(seed, kept.map(putOf)), disputes, setAside: [...broken, ...setAside] }
}

const putOf = ({ place, ours }: Edited) => ({ place, piece: ours })

/** Parsed pieces by their stored form: an unchanged piece stays the same object, which the finder relies on. */
const sounds = new WeakMap<Piece, Piece>()

function soundOf(edited: readonly Edited[]): { sound: Edited[]; broken: SetAside[] } {
  const sound: Edited[] = []
  const broken: SetAside[] = []
  for (const one of edited) {
    const known = sounds.get(one.ours)
    const [trouble] = known ? [] : troublesOf(one.place, one.ours)
    if (trouble) {
      broken.push({ place: one.place, reason: sayTrouble(trouble) })
      continue
    }
    const ours = known ?? soundPiece(one.place, one.ours)
    sounds.set(one.ours, ours)
    sound.push({ ...one, ours })
  }
  return { sound, broken }
}

/** Leaves out, round by round, edited entries that do not fit together with the others. */
function keepFitting(seed: Base, edited: readonly Edited[], programmes: readonly Programme[]) {
  let kept = [...edited]
  const setAside: SetAside[] = []
  for (;;) {
    const troubles = troublesBetween(withPieces(seed, kept.map(putOf)), programmes)
    const reasons = new Map(troubles.map(trouble => [placeKey(trouble.place), sayTrouble(trouble)]))
    const next = kept.filter(({ place }) => !reasons.has(placeKey(place)))
    if (next.length === kept.length) return { kept, setAside }
    const left = kept.filter(({ place }) => reasons.has(placeKey(place)))
    setAside.push(...left.map(({ place }) => ({ place, reason: reasons.get(placeKey(place)) ?? '' })))
    kept = next
  }
}

/** Tells the console and the phones of those on duty what a person must decide. */
export function raiseAlarms({ disputes, setAside }: KnowledgeState, alarms: Alarms): void {
  if (disputes.length === 0) alarms.clear('knowledge-disputed')
  else
    alarms.raise(
      'knowledge-disputed',
      `有 ${disputes.length} 处知识在控制台改过、文件后来也改了。请审核人到「知识 → 改动」里选用哪一份。`,
    )
  if (setAside.length === 0) alarms.clear('knowledge-set-aside')
  else
    alarms.raise(
      'knowledge-set-aside',
      `有 ${setAside.length} 处控制台的改动和现在的知识对不上，暂时没有采用。请到「知识 → 改动」里看看。`,
    )
}
