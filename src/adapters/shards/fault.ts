/** Why the store cannot do as asked: one Chinese sentence that says what to do, with the cause beside it. */
export class StoreFault extends Error {
  override name = 'StoreFault'
}

/** The message where a program meets records of a version that it does not know. */
export const writtenByNewer = '数据是更新版本的程序写的，请用新版程序打开，不要用旧版继续。'

/** Called before records of an older version are migrated, which waits for it and is left undone where it fails. */
export type BeforeMigration = (collection: string, version: number) => Promise<void>
