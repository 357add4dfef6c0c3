import type { RecordedActor } from '../../ports/actor.ts'
import type { PersonalData, PersonIds } from '../../ports/personal-data.ts'
import type { Dismissals } from './dismissals/dismissals.ts'
import type { DocumentLibrary } from './library/library.ts'
import type { LibraryDocument } from './library/records.ts'

const nobody = { id: 'nobody', name: '一位成员' }

/** The persons who uploaded and reviewed documents. The documents are an office's and stay. */
export function documentPrivacy(
  library: DocumentLibrary,
  dismissals: Pick<Dismissals, 'all' | 'replacePeople'>,
): PersonalData {
  const peopleOf = ({
    authors,
    approved,
    agreed = [],
    history,
    passages,
  }: LibraryDocument): RecordedActor[] => [
    ...authors,
    ...(approved ? [approved.by] : []),
    ...agreed.map(({ by }) => by),
    ...history.map(({ by }) => by),
    ...passages.flatMap(({ figuresTypedBy }) => figuresTypedBy ?? []),
  ]
  const areTheirs = ({ memberId, chatIds }: PersonIds) => {
    return ({ id }: RecordedActor) => id === memberId || chatIds.includes(id)
  }
  const named = (person: PersonIds) =>
    library.all().filter(document => peopleOf(document).some(areTheirs(person)))
  const saidBy = (person: PersonIds) =>
    dismissals.all().filter(({ history }) => history.map(({ by }) => by).some(areTheirs(person)))

  return {
    async kept(person) {
      const [count, said] = [named(person).length, saidBy(person).length]
      return [
        ...(count === 0 ? [] : [`上传或审核过的文件：${count} 份`]),
        ...(said === 0 ? [] : [`核对条款时说过要改、不用改的：${said} 处`]),
      ]
    },
    async forget(person) {
      const isTheirs = areTheirs(person)
      const bare = (person: RecordedActor) => (isTheirs(person) ? nobody : person)
      for (const { number } of named(person)) await library.change(number, now => withPeople(now, bare))
      for (const { id } of saidBy(person)) await dismissals.replacePeople(id, bare)
    },
    // Documents know people by the ids that they wrote from, which stay theirs.
    merge: async () => {},
  }
}

function withPeople(
  document: LibraryDocument,
  change: (person: RecordedActor) => RecordedActor,
): LibraryDocument {
  const { authors, approved, agreed, history, passages } = document
  return {
    ...document,
    authors: authors.map(change),
    ...(approved ? { approved: { ...approved, by: change(approved.by) } } : {}),
    ...(agreed ? { agreed: agreed.map(one => ({ ...one, by: change(one.by) })) } : {}),
    history: history.map(entry => ({ ...entry, by: change(entry.by) })),
    passages: passages.map(one =>
      one.figuresTypedBy ? { ...one, figuresTypedBy: change(one.figuresTypedBy) } : one,
    ),
  }
}
