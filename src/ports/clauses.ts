/**
 * `checked`: two persons approved the document, it is in force, and the clause says what it said when it was cited.
 * `changed`: a newer version says something else. `unchecked`: the document waits for its review. `ended`: it is not in
 * force. `missing`: there is no such document or clause in use.
 */
export type ClauseState = 'checked' | 'changed' | 'unchecked' | 'ended' | 'missing'

/** A cited clause as it stands now. */
export type CitedClause = {
  /** 「榕科〔2026〕12号 第三条（一）」, without a mark. */
  cited: string
  state: ClauseState
  /** The text that was cited; undefined where it is not known. */
  before: string | undefined
  /** The text in the newest version; undefined where that has no such clause. */
  after: string | undefined
  /** The page of the console on which it stands marked; undefined where there is no such document. */
  path: string | undefined
  /** Names the text as it is now, for the next check; undefined where there is none. */
  mark: string | undefined
  /** When the newer text of a changed clause came, ISO 8601. */
  since?: string
  /**
   * 「榕科〔2027〕3号 第三条（一）」, 「榕科〔2027〕3号」: names of the newer text and of its document, the closest first, where
   * it may be quoted. Whether a question by that name is answered is for those to say who answer. Default: it may not.
   */
  quotable?: readonly string[] | undefined
}

/** The clauses of the document library, for texts that rest on them. */
export type Clauses = {
  /** @param cited 「榕科〔2026〕12号 第三条（一）」 or 「《办法》第三条」, behind it perhaps `#` and the mark of the text */
  resolve(cited: string): CitedClause
  /**
   * The changed clauses on which a text rests: of each document that it names by number or title, those that it
   * names and those of which it tells a figure that the newest version does not. Without those that
   * {@link openChanges} leaves out.
   */
  changesIn(text: string): CitedClause[]
  /**
   * The changes without those of which persons said that this text needs no change beside them.
   * @param text the same as in the {@link Recheck}
   */
  openChanges(text: string, changes: readonly CitedClause[]): CitedClause[]
  /** Another number after each change of the documents. */
  version(): number
}

/** Something that rests on a clause which says something else now. */
export type Recheck = {
  /** 「知识」「匹配条件」「推送」「报名」. */
  kind: string
  title: string
  /** The page of the console on which it is put right; empty where it stands in a file. */
  path: string
  /** Text that is told from the clauses; who says that it stays as it is says so of exactly this text. */
  text: string
  changed: readonly CitedClause[]
  /** True where it is withheld until checked. */
  isHeld: boolean
}

/** A public page, and what rests on it. */
export type SourcePage = Pick<Recheck, 'kind' | 'title' | 'path' | 'text'> & {
  url: string
}

/** Finds no clause; for an installation without documents. */
export const noClauses: Clauses = {
  resolve: cited => ({
    cited,
    state: 'missing',
    before: undefined,
    after: undefined,
    path: undefined,
    mark: undefined,
  }),
  changesIn: () => [],
  openChanges: (_, changes) => [...changes],
  version: () => 0,
}
