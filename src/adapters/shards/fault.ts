/** Why the store cannot do as asked: one Chinese sentence that says what to do, with the cause beside it. */
export class StoreFault extends Error {
  override name = 'StoreFault'
}
