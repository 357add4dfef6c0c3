/**
 * The migration from a first format that is not read any more.
 * @returns throws for every record of that format: its file stays as it is, and a person reads why
 */
export const retiredFormat = (records: string) => (): never => {
  throw new Error(`${records} of format 1 were written before 25 November 2026 and are not read any more`)
}
