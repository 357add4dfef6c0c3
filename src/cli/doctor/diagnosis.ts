/** Result of one check: a half sentence, and the remedy where it is not good. */
export type Diagnosis = { state: 'good' | 'warning' | 'bad'; text: string }

export const good = (text: string): Diagnosis => ({ state: 'good', text })
export const warning = (text: string): Diagnosis => ({ state: 'warning', text })
export const bad = (text: string): Diagnosis => ({ state: 'bad', text })
