/** Turns texts into vectors that lie near each other where the texts mean alike. May be missing, slow or wrong. */
export type Embeddings = {
  /** Which model, so that vectors of two models are never compared. */
  model: string
  /**
   * @param texts at most 32, not empty
   * @returns a vector for each text, in their order, all of one length
   * @throws {@link LanguageFault} when there is no such answer before `signal` aborts
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}
