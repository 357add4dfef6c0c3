import type { SearchHit } from '../../ports/overviews.ts'
import { aliasesOf } from './identities/ledger.ts'
import type { Identity } from './records/identity-records.ts'
import { handleOf, type RosterRow } from './records/records.ts'

type IsFound = (...texts: string[]) => boolean

/** Members by their names and places. */
export const membersFound = (rows: readonly RosterRow[], isFound: IsFound): SearchHit[] =>
  rows
    .filter(({ name, alias, nickname, space, branch, team }) =>
      isFound(name, alias, nickname, space, branch, team),
    )
    .map(({ id, name, space, branch }) => ({
      kind: '成员',
      title: [name, space || branch].filter(said => said !== '').join('，'),
      path: `/roster/members/${id}`,
    }))

/** People who spoke and are not on the roster, by what they are called now. */
export const strangersFound = (strangers: readonly Identity[], isFound: IsFound): SearchHit[] =>
  strangers.flatMap(identity => {
    const aliases = aliasesOf(identity)
    if (aliases.length === 0 || !isFound(...aliases)) return []
    return [
      {
        kind: '说过话、不在名单上',
        title: aliases.join('、'),
        path: `/identities/${handleOf(identity.senderId)}`,
      },
    ]
  })
